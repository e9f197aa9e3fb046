import { isFailure } from '../failure.js';
import { type CachedCertificate, isSameCertificate } from './card-cache.js';
import { readHead, readObject, type SelectedFile, selectFile } from './card-files.js';
import type { Channel } from './channel.js';
import type { ProfileCertificate } from './profile.js';

/** A certificate's file, selected, with its first bytes. */
export interface OpenedCertificate {
  readonly file: SelectedFile;
  readonly head: Uint8Array;
}

/** Selects a certificate's file and reads its beginning; undefined when the card has none or it is empty. */
export async function openCertificate(
  channel: Channel,
  certificate: ProfileCertificate,
): Promise<OpenedCertificate | undefined> {
  for (const path of certificate.paths) {
    const file = await selectFile(channel, path);
    // Zeros are an empty slot.
    const head = file && (await readHead(channel, file, certificate));
    if (file && head?.some((byte) => byte !== 0)) return { file, head };
  }
  return undefined;
}

/** Reads the rest of an opened certificate. Fails with `card-malformed`. */
export async function finishCertificate(
  channel: Channel,
  certificate: ProfileCertificate,
  { file, head }: OpenedCertificate,
): Promise<CachedCertificate> {
  const der = await readObject(channel, file, certificate, head);
  return { id: certificate.id, length: file.length ?? 0, der };
}

/** What came of reading several certificates. */
export interface CertificateFiles {
  readonly files: readonly CachedCertificate[];
  readonly notes: readonly string[];
}

/**
 * Reads certificates one after the other; those that are not there are left out, broken ones with a note.
 * What is in `known` and still begins alike is not read again. Fails as the channel does.
 */
export async function readCertificates(
  channel: Channel,
  certificates: readonly ProfileCertificate[],
  known: readonly CachedCertificate[] = [],
): Promise<CertificateFiles> {
  const files: CachedCertificate[] = [];
  const notes: string[] = [];
  for (const certificate of certificates) {
    const opened = await openCertificate(channel, certificate);
    if (!opened) continue;
    const { file, head } = opened;
    const same = known.find(({ id }) => id === certificate.id);
    if (same && isSameCertificate(same, file.length ?? 0, head)) files.push(same);
    else
      await orNote(notes, certificate, async () => files.push(await finishCertificate(channel, certificate, opened)));
  }
  return { files, notes };
}

/** Runs `read`; a file that cannot be understood becomes a note. */
export async function orNote(
  notes: string[],
  { id }: Pick<ProfileCertificate, 'id'>,
  read: () => Promise<unknown>,
): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isFailure(error, 'card-malformed')) throw error;
    notes.push(`certificate ${id}: file skipped`);
  }
}
