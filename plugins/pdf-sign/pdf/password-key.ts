import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { rc4 } from './rc4.js';
import { bytesOf, utf8 } from './text.js';

/** What the standard security handler (ISO 32000-2 §7.6.4) keeps in the document. */
export interface Lock {
  readonly revision: number;
  /** Bytes of the key. */
  readonly length: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly id: Uint8Array;
  readonly encryptMetadata: boolean;
}

export interface Unlocked {
  readonly key: Uint8Array;
  readonly by: 'owner' | 'user';
}

/** The document's key, when the password is the owner's or the user's. */
export function unlock(lock: Lock, password: string): Unlocked | undefined {
  return lock.revision >= 5 ? unlockNew(lock, password) : unlockOld(lock, bytesOf(password));
}

const padding = Uint8Array.from([
  0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
  0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
]);
const padded = (password: Uint8Array): Uint8Array => concatBytes(password, padding).slice(0, 32);

function unlockOld(lock: Lock, password: Uint8Array): Unlocked | undefined {
  const owned = oldKey(lock, ownersUserPassword(lock, password));
  if (fits(lock, owned)) return { key: owned, by: 'owner' };
  const key = oldKey(lock, password);
  return fits(lock, key) ? { key, by: 'user' } : undefined;
}

// Algorithm 2.
function oldKey(lock: Lock, password: Uint8Array): Uint8Array {
  const { permissions: p } = lock;
  const bits = Uint8Array.of(p, p >> 8, p >> 16, p >> 24);
  const open = lock.revision >= 4 && !lock.encryptMetadata ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array(0);
  let digest: Uint8Array = md5(concatBytes(padded(password), lock.owner.slice(0, 32), bits, lock.id, open));
  if (lock.revision >= 3) for (let round = 0; round < 50; round += 1) digest = md5(digest.subarray(0, lock.length));
  return digest.subarray(0, lock.length);
}

// Algorithms 4 and 5.
function fits(lock: Lock, key: Uint8Array): boolean {
  if (lock.revision === 2) return equal(rc4(key, padding), lock.user.subarray(0, 32));
  let found = rc4(key, md5(concatBytes(padding, lock.id)));
  for (let round = 1; round <= 19; round += 1)
    found = rc4(
      key.map((byte) => byte ^ round),
      found,
    );
  return equal(found, lock.user.subarray(0, 16));
}

// Algorithm 7: what the owner's password opens is the user's.
function ownersUserPassword(lock: Lock, password: Uint8Array): Uint8Array {
  let digest: Uint8Array = md5(padded(password));
  if (lock.revision >= 3) for (let round = 0; round < 50; round += 1) digest = md5(digest);
  const key = digest.subarray(0, lock.length);
  let found: Uint8Array = lock.owner.slice(0, 32);
  if (lock.revision === 2) return rc4(key, found);
  for (let round = 19; round >= 0; round -= 1)
    found = rc4(
      key.map((byte) => byte ^ round),
      found,
    );
  return found;
}

// Algorithm 2.A.
function unlockNew(lock: Lock, password: string): Unlocked | undefined {
  const user = lock.user.subarray(0, 48);
  for (const text of new Set([prepared(password), password])) {
    const bytes = utf8(text).subarray(0, 127);
    const owners = (salt: number): Uint8Array => hash(lock, bytes, lock.owner.subarray(salt, salt + 8), user);
    const users = (salt: number): Uint8Array =>
      hash(lock, bytes, lock.user.subarray(salt, salt + 8), new Uint8Array(0));
    if (equal(owners(32), lock.owner.subarray(0, 32))) return { key: opened(owners(40), lock.ownerKey), by: 'owner' };
    if (equal(users(32), lock.user.subarray(0, 32))) return { key: opened(users(40), lock.userKey), by: 'user' };
  }
  return undefined;
}

function opened(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  return cbc(key, new Uint8Array(16), { disablePadding: true }).decrypt(sealed.slice(0, 32));
}

// Algorithm 2.B.
function hash(lock: Lock, password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  let found: Uint8Array = sha256(concatBytes(password, salt, user));
  if (lock.revision < 6) return found;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const once = concatBytes(password, found, user);
    const many = new Uint8Array(once.length * 64);
    for (let at = 0; at < 64; at += 1) many.set(once, at * once.length);
    const sealed = cbc(found.slice(0, 16), found.slice(16, 32), { disablePadding: true }).encrypt(many);
    const remainder = sealed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    found = [sha256, sha384, sha512][remainder]?.(sealed) ?? found;
    last = sealed.at(-1) ?? 0;
  }
  return found.slice(0, 32);
}

/** SASLprep (RFC 4013 §2.1, §2.2), as far as it maps characters. */
function prepared(password: string): string {
  return password
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g, '')
    .normalize('NFKC');
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
