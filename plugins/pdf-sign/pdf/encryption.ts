import type { Crypt, Method } from './crypt.js';
import type { Objects } from './objects-reader.js';
import { as, asArray, asInteger, asName, type PdfDict, type PdfValue } from './objects.js';
import { unlock, type Lock } from './password-key.js';
import { damaged, PdfError } from './pdf-error.js';

/** A document's encryption, opened. */
export interface Encryption {
  readonly crypt: Crypt;
  /** Whose password opened it; the owner may do anything. */
  readonly by: 'owner' | 'user';
  /** Permission bits (ISO 32000-2 table 22). */
  readonly permissions: number;
  /** As the document's papers name it: `RC4 40`, `RC4 128`, `AES 128`, `AES 256`. */
  readonly cipher: string;
}

/**
 * Opens a document's encryption with a password; without one, with the empty user password.
 * Fails with `pdf-password-missing`, `pdf-password-wrong`, `pdf-encryption-unknown`, `pdf-damaged`.
 */
export async function openEncryption(
  objects: Objects,
  encrypt: PdfDict,
  id: PdfValue | undefined,
  password: string | undefined,
): Promise<Encryption> {
  const entries = new Map<string, PdfValue>();
  for (const [key, value] of encrypt.entries) entries.set(key, await objects.resolve(value));
  const filter = asName(entries.get('Filter')) ?? '?';
  const version = asInteger(entries.get('V')) ?? 0;
  const revision = asInteger(entries.get('R')) ?? 0;
  if (filter !== 'Standard' || ![1, 2, 4, 5].includes(version) || revision < 2 || revision > 6) {
    throw new PdfError('pdf-encryption-unknown', { handler: `${filter} ${version}.${revision}`.slice(0, 60) });
  }
  const methods = version >= 4 ? await cryptFilters(objects, entries) : (['V2', 'V2'] as const);
  const bytes = (key: string): Uint8Array => as('string', entries.get(key))?.bytes ?? new Uint8Array(0);
  const lock: Lock = {
    revision,
    length: keyLength(version, asInteger(entries.get('Length')) ?? 40),
    owner: bytes('O'),
    user: bytes('U'),
    ownerKey: bytes('OE'),
    userKey: bytes('UE'),
    permissions: (asInteger(entries.get('P')) ?? 0) | 0,
    id: as('string', await objects.resolve(asArray(id)?.[0]))?.bytes ?? new Uint8Array(0),
    encryptMetadata: entries.get('EncryptMetadata') !== false,
  };
  // A permission that is no number is a document that other readers do not open.
  if (asInteger(entries.get('P')) === undefined) throw damaged('/P of /Encrypt');
  const enough = revision >= 5 ? 48 : 32;
  if (lock.owner.length < enough || lock.user.length < enough) throw damaged('/Encrypt');
  if (revision >= 5 && (lock.ownerKey.length < 32 || lock.userKey.length < 32)) throw damaged('/Encrypt');
  const unlocked = unlock(lock, password ?? '') ?? unlock(lock, '');
  if (unlocked === undefined)
    throw new PdfError(password === undefined ? 'pdf-password-missing' : 'pdf-password-wrong', {});
  const [strings, streams] = methods;
  const crypt: Crypt = { strings, streams, encryptMetadata: lock.encryptMetadata, key: unlocked.key };
  return { crypt, by: unlocked.by, permissions: lock.permissions, cipher: cipherName(streams, lock.length) };
}

function keyLength(version: number, bits: number): number {
  if (version === 1) return 5;
  if (version >= 4) return version === 4 ? 16 : 32;
  return Math.min(16, Math.max(5, Math.floor((bits < 40 ? bits * 8 : bits) / 8)));
}

async function cryptFilters(objects: Objects, entries: ReadonlyMap<string, PdfValue>): Promise<[Method, Method]> {
  const filters = as('dict', entries.get('CF'));
  const method = async (key: string): Promise<Method> => {
    const name = asName(entries.get(key)) ?? 'Identity';
    if (name === 'Identity') return 'Identity';
    const filter = as('dict', await objects.resolve(filters?.entries.get(name)));
    const found = asName(await objects.resolve(filter?.entries.get('CFM'))) ?? 'None';
    if (found === 'V2' || found === 'AESV2' || found === 'AESV3') return found;
    throw new PdfError('pdf-encryption-unknown', { handler: `Standard ${found}`.slice(0, 60) });
  };
  return [await method('StrF'), await method('StmF')];
}

function cipherName(method: Method, length: number): string {
  if (method === 'AESV3') return 'AES 256';
  if (method === 'AESV2') return 'AES 128';
  return method === 'V2' ? `RC4 ${length * 8}` : 'none';
}
