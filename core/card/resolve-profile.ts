import type { CardProfile, ProfileActivation, ProfileKey, ProfilePin, ProfileVariant } from './profile.js';
import type { ParsedCertificate } from './certificate.js';

/** A certificate of the card, decoded, under its id in the profile. */
export interface CardCertificate {
  readonly id: string;
  readonly certificate: ParsedCertificate;
}

/**
 * The profile of this very card: what depends on the issuer (lengths), on the date of issue (activation) and on the
 * certificates (size of keys) filled in. `activation` has at most the one entry that applies.
 */
export function resolveProfile(profile: CardProfile, certificates: readonly CardCertificate[]): CardProfile {
  const first = firstOf(profile, certificates);
  const activation = profile.activation.find((entry) => appliesTo(entry, first));
  const variant = first && profile.variants?.find((one) => isIssuedBy(one, first));
  const scheme = activation?.scheme;
  return {
    ...profile,
    label: variant?.label ?? profile.label,
    pins: profile.pins.map((pin) => withLengths({ ...pin, ...(scheme && { scheme }) }, variant)),
    keys: profile.keys.map((key) => withKind(profile, key, certificates)),
    activation: activation ? [activation] : [],
  };
}

/** What people should know of a profile that does not fit in all. */
export function resolveNotes(profile: CardProfile, certificates: readonly CardCertificate[]): readonly string[] {
  const first = firstOf(profile, certificates);
  if (!profile.variants || profile.variants.some((one) => first && isIssuedBy(one, first))) return [];
  return ['issuer not known: PIN lengths are those that the card takes'];
}

/** The first of the profile's certificates that the card has: it tells the date of issue and the issuer. */
function firstOf(profile: CardProfile, certificates: readonly CardCertificate[]): ParsedCertificate | undefined {
  const ids = profile.certificates.map(({ id }) => id);
  return [...certificates].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))[0]?.certificate;
}

// ISO 8601 dates in UTC, written alike, compare as text up to the second.
function appliesTo({ issuedFrom, issuedUntil }: ProfileActivation, first: ParsedCertificate | undefined): boolean {
  if (issuedFrom === undefined && issuedUntil === undefined) return true;
  if (!first) return false;
  const issued = Date.parse(first.notBefore);
  return (
    issued >= Date.parse(issuedFrom ?? first.notBefore) &&
    (issuedUntil === undefined || issued < Date.parse(issuedUntil))
  );
}

function isIssuedBy({ issuer }: ProfileVariant, { issuer: found }: ParsedCertificate): boolean {
  const name = found.toLowerCase();
  return issuer.some((part) => name.includes(part.toLowerCase()));
}

function withLengths(pin: ProfilePin, variant: ProfileVariant | undefined): ProfilePin {
  const lengths = variant?.pins.find(({ id }) => id === pin.id);
  return lengths ? { ...pin, minLength: lengths.minLength, maxLength: lengths.maxLength } : pin;
}

function withKind(profile: CardProfile, key: ProfileKey, certificates: readonly CardCertificate[]): ProfileKey {
  const ids = profile.certificates.filter((one) => one.key === key.id).map(({ id }) => id);
  const found = certificates.find(({ id }) => ids.includes(id))?.certificate.key;
  return found ? { ...key, algorithm: found.algorithm, ...(found.size > 0 && { size: found.size }) } : key;
}
