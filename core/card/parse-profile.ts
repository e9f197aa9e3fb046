import { Failure } from '../failure.js';
import { schemaTrouble } from './json-schema.js';
import type { CardProfile, PinFormat, ProfilePin } from './profile.js';
import { profileSchema } from './profile-schema.js';

// In a file bytes are hex text; these are the two places where code wants the number.
type PinInFile = Omit<ProfilePin, 'reference' | 'format'> & {
  readonly reference: string;
  readonly format: Omit<PinFormat, 'pad'> & { readonly pad?: string };
};
type ProfileInFile = Omit<CardProfile, 'pins' | 'puk' | 'confirm'> & {
  readonly $schema?: string;
  readonly pins: readonly PinInFile[];
  readonly puk?: PinInFile;
  readonly confirm?: { readonly reference: string; readonly known: boolean };
};

/** The card profile in a file's JSON; `path` is for the message. Fails with `profile-invalid`. */
export function parseProfile(value: unknown, path: string): CardProfile {
  const trouble = schemaTrouble(profileSchema, value) ?? contradiction(value as ProfileInFile);
  if (trouble) throw new Failure('profile-invalid', { path, why: trouble });
  const { $schema: _schema, pins, puk, confirm, ...rest } = value as ProfileInFile;
  return {
    ...rest,
    pins: pins.map(pinOf),
    ...(puk && { puk: pinOf(puk) }),
    ...(confirm && { confirm: { ...confirm, reference: parseInt(confirm.reference, 16) } }),
  };
}

function pinOf({ reference, format, ...rest }: PinInFile): ProfilePin {
  const { pad, ...shape } = format;
  return {
    ...rest,
    reference: parseInt(reference, 16),
    format: pad === undefined ? shape : { ...shape, pad: parseInt(pad, 16) },
  };
}

// What a schema cannot say: parts that name one another.
function contradiction(profile: ProfileInFile): string | undefined {
  const pins = new Set(profile.pins.map((pin) => pin.id));
  const keys = new Set(profile.keys.map((key) => key.id));
  if (pins.size !== profile.pins.length || pins.has('PUK')) return '/pins: ids must differ, and the PUK stands in /puk';
  if (profile.puk && profile.puk.id !== 'PUK') return '/puk/id: not PUK';
  const lost = profile.keys.find((key) => !pins.has(key.pin));
  if (lost) return `/keys: ${lost.id} names ${lost.pin}, which is not in /pins`;
  const keyless = profile.certificates.find((certificate) => certificate.key && !keys.has(certificate.key));
  if (keyless) return `/certificates: ${keyless.id} names a key that is not in /keys`;
  const masked = profile.match.find((one) => one.mask && one.mask.length !== one.historicalBytes.length);
  if (masked) return `/match: the mask of ${masked.historicalBytes} has another length`;
  const short = [...profile.pins, ...(profile.puk ? [profile.puk] : [])].find((pin) => pin.maxLength < pin.minLength);
  return short && `/pins: ${short.id} has a maximum below its minimum`;
}
