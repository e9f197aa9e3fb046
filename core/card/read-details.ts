import type { CardDetails, Certificate, Key } from '../api/cards.js';
import { isFailure } from '../failure.js';
import { selectName } from './card-files.js';
import { parseCertificate } from './certificate.js';
import type { Channel } from './channel.js';
import { abilitiesOf } from './key-abilities.js';
import { deriveProfile } from './pkcs15/derive-profile.js';
import { keyDetails } from './pkcs15/key-details.js';
import { readDirectories } from './pkcs15/read-directories.js';
import type { CardProfile, ProfileCertificate } from './profile.js';
import { readCertificates } from './read-certificates.js';
import { printedSerial } from './serial.js';

/**
 * Reads what only a person who looks closer wants: CA certificates, keys, the card's own label and number.
 * `profile` is the reading's. Whatever the card has not or says unclearly becomes a note. Fails as the channel does.
 */
export async function readDetails(channel: Channel, profile: CardProfile): Promise<CardDetails> {
  await selectName(channel, profile.application);
  const directories = await readDirectories(channel, { aid: profile.application.toLowerCase(), path: '3f005015' });
  await selectName(channel, profile.application);
  const places = withoutSame(profile.caCertificates, deriveProfile(directories).profile.caCertificates);
  const { files, notes } = await readCertificates(channel, places);
  const certificates = new Map<string, Certificate>();
  const unread: string[] = [];
  for (const { id, der } of files) {
    const certificate = caCertificate(places, id, der);
    if (!certificate) unread.push(`certificate ${id}: not understood`);
    else if (!certificates.has(certificate.sha256)) certificates.set(certificate.sha256, certificate);
  }
  const { serial, label } = directories.info;
  return {
    caCertificates: [...certificates.values()],
    keys: keysOf(profile, directories.keys.map(keyDetails)),
    ...(serial && { serial: printedSerial(serial, profile.serial) }),
    ...(label && { label }),
    notes: [...directories.notes, ...notes, ...unread],
  };
}

/** Both lists, without what would be read a second time from the same file. */
function withoutSame(
  own: readonly ProfileCertificate[],
  told: readonly ProfileCertificate[],
): readonly ProfileCertificate[] {
  const paths = new Set(own.flatMap((place) => place.paths.map((path) => path.toLowerCase())));
  return [...own, ...told.filter((place) => !place.paths.some((path) => paths.has(path.toLowerCase())))];
}

function caCertificate(places: readonly ProfileCertificate[], id: string, der: Uint8Array): Certificate | undefined {
  try {
    const { holder, issuerName: _issuer, ...facts } = parseCertificate(der);
    const place = places.find((one) => one.id === id);
    return { ...facts, id, label: place && place.label !== id ? place.label : (holder ?? id) };
  } catch (error) {
    if (isFailure(error, 'certificate-invalid')) return undefined;
    throw error;
  }
}

/** The profile's keys, under the card's own names where it has them, then keys that only the card names. */
function keysOf(profile: CardProfile, told: readonly Key[]): readonly Key[] {
  const known = profile.keys.map((key): Key => {
    const own = told.find(({ id }) => id === key.id);
    const certificate = profile.certificates.find((one) => one.key === key.id);
    const algorithm = key.algorithm ?? own?.algorithm ?? 'other';
    return {
      id: key.id,
      label: certificate?.label ?? own?.label ?? key.id,
      pin: key.pin,
      algorithm,
      size: key.size ?? own?.size ?? 0,
      usage: abilitiesOf(profile, { ...key, algorithm }),
    };
  });
  return [...known, ...told.filter(({ id }) => !profile.keys.some((key) => key.id === id))];
}
