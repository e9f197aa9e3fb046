import { isFailure } from '../../failure.js';
import { readFile, selectFile } from '../card-files.js';
import type { Channel } from '../channel.js';
import type { CardApplication } from './application.js';
import { type CardInfo, parseCardInfo } from './card-info.js';
import { type CertificateObject, parseCertificates } from './certificate-object.js';
import type { Entries } from './entries.js';
import type { FilePath } from './file-path.js';
import { type DirectoryKind, parseObjectDirectory } from './object-directory.js';
import { pathChoices } from './path-choices.js';
import { parsePins, type PinObject } from './pin-object.js';
import { parsePrivateKeys, type PrivateKeyObject } from './private-key-object.js';

/** A broken EF.OD could name the same file thousands of times. */
const mostFiles = 16;

/** What a card says of itself (ISO/IEC 7816-15); what could not be understood is in `notes`. */
export interface CardDirectories {
  readonly application: CardApplication;
  readonly info: CardInfo;
  readonly pins: readonly PinObject[];
  readonly keys: readonly PrivateKeyObject[];
  readonly certificates: readonly CertificateObject[];
  readonly trusted: readonly CertificateObject[];
  readonly useful: readonly CertificateObject[];
  readonly notes: readonly string[];
}

/** Reads all directories of the selected application. Fails as the channel does; whatever is wrong with a file becomes a note. */
export async function readDirectories(channel: Channel, application: CardApplication): Promise<CardDirectories> {
  const notes: string[] = [];
  const read = (what: string, file: FilePath): Promise<Uint8Array> =>
    readOrNote(channel, application, what, file, notes);
  const noted = <T>({ entries, notes: found }: Entries<T>): readonly T[] => {
    notes.push(...found);
    return entries;
  };
  const info = parseCardInfo(await read('EF.CIAInfo', { path: '5032' }));
  const directory = noted(parseObjectDirectory(await read('EF.OD', { path: '5031' }))).slice(0, mostFiles);
  const all = async <T>(kind: DirectoryKind, what: string, parse: (bytes: Uint8Array) => Entries<T>): Promise<T[]> => {
    const found: T[] = [];
    for (const { file } of directory.filter((one) => one.kind === kind))
      found.push(...noted(parse(await read(what, file))));
    return found;
  };
  const pins = await all('authentication', 'EF.AOD', parsePins);
  const keys = await all('private-keys', 'EF.PrKD', parsePrivateKeys);
  const certificates = await all('certificates', 'EF.CD', parseCertificates);
  const trusted = await all('trusted-certificates', 'EF.CD (trusted)', trustedCertificates);
  const useful = await all('useful-certificates', 'EF.CD (useful)', usefulCertificates);
  return { application, info, pins, keys, certificates, trusted, useful, notes: [...info.notes, ...notes] };
}

const trustedCertificates = (bytes: Uint8Array): Entries<CertificateObject> =>
  parseCertificates(bytes, 'EF.CD (trusted)');
const usefulCertificates = (bytes: Uint8Array): Entries<CertificateObject> =>
  parseCertificates(bytes, 'EF.CD (useful)');

async function readOrNote(
  channel: Channel,
  application: CardApplication,
  what: string,
  file: FilePath,
  notes: string[],
): Promise<Uint8Array> {
  try {
    for (const path of pathChoices(file.path, application)) {
      const selected = await selectFile(channel, path);
      if (selected) return await readFile(channel, selected, file);
    }
    notes.push(`${what}: not there`);
  } catch (error) {
    if (!isFailure(error, 'card-malformed')) throw error;
    notes.push(`${what}: ends early`);
  }
  return new Uint8Array();
}
