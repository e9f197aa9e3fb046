import type { CardProfile, ProfileCertificate, ProfileKey, ProfilePin } from '../profile.js';
import type { CertificateObject } from './certificate-object.js';
import { deriveKeys } from './derive-keys.js';
import { derivePins } from './derive-pins.js';
import { deriveSigning } from './derive-signing.js';
import { pathChoices } from './path-choices.js';
import type { CardDirectories } from './read-directories.js';

/** The id of every card that is known by its own directories alone. */
const genericProfile = 'iso7816-15';

/** A profile made from what a card says of itself, and what had to be guessed or left out. */
export interface DerivedProfile {
  readonly profile: CardProfile;
  readonly notes: readonly string[];
}

/** Makes a profile from the card's directories. With `base`, only its empty parts are filled in. */
export function deriveProfile(directories: CardDirectories, base?: CardProfile): DerivedProfile {
  const { application, info } = directories;
  const { pins, puk, guards, notes: pinNotes } = derivePins(directories.pins);
  const { keys, notes: keyNotes } = deriveKeys(directories.keys, guards, base?.signing.keyTag);
  const signing = deriveSigning(info.algorithms);
  const own = directories.certificates.filter(({ authority }) => !authority);
  const issuers = directories.certificates.filter(({ authority }) => authority);
  const place = placeIn(directories, keys);
  const derived = {
    pins,
    keys,
    certificates: unique(own.map(place)),
    caCertificates: unique([...issuers, ...directories.trusted, ...directories.useful].map(place)),
  };
  if (base) return { profile: filled(base, derived, puk), notes: [...pinNotes, ...keyNotes] };
  const profile: CardProfile = {
    id: genericProfile,
    label: info.label ?? application.label ?? 'ISO/IEC 7816-15',
    match: [],
    application: application.aid,
    ...derived,
    ...(puk && { puk }),
    unblock: puk ? 'puk-and-new' : 'none',
    signing: signing.signing,
    activation: [],
    drop: 'reset',
    serial: 'whole',
  };
  return { profile, notes: [...pinNotes, ...keyNotes, ...signing.notes] };
}

type Derived = Pick<CardProfile, 'pins' | 'keys' | 'certificates' | 'caCertificates'>;

function filled(base: CardProfile, derived: Derived, puk: ProfilePin | undefined): CardProfile {
  const found = base.puk ?? puk;
  return {
    ...base,
    pins: base.pins.length > 0 ? base.pins : derived.pins,
    ...(found && { puk: found }),
    certificates: base.certificates.length > 0 ? base.certificates : derived.certificates,
    keys: base.keys.length > 0 ? base.keys : derived.keys,
    caCertificates: base.caCertificates.length > 0 ? base.caCertificates : derived.caCertificates,
  };
}

function placeIn(
  { application }: CardDirectories,
  keys: readonly ProfileKey[],
): (object: CertificateObject) => ProfileCertificate {
  return ({ id, label, file: { path, index, length }, authority }) => ({
    id,
    label: label || id,
    paths: pathChoices(path, application),
    ...(index !== undefined && { index }),
    ...(length !== undefined && { length }),
    ...(!authority && keys.some((key) => key.id === id) && { key: id }),
  });
}

// Ids name a certificate for people, so the second of a name gets a number.
function unique(certificates: readonly ProfileCertificate[]): readonly ProfileCertificate[] {
  const seen = new Map<string, number>();
  return certificates.map((certificate) => {
    const count = (seen.get(certificate.id) ?? 0) + 1;
    seen.set(certificate.id, count);
    return count === 1 ? certificate : { ...certificate, id: `${certificate.id}-${count}` };
  });
}
