import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { fromHex, joined } from '../card/bytes.js';
import { digestLength, type HashName } from './mechanism.js';

const hashes = { 'SHA-1': sha1, 'SHA-224': sha224, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 };

/** RFC 8017 §9.2, note 1. */
const digestInfoPrefix: Readonly<Record<HashName, string>> = {
  'SHA-1': '3021300906052b0e03021a05000414',
  'SHA-224': '302d300d06096086480165030402040500041c',
  'SHA-256': '3031300d060960864801650304020105000420',
  'SHA-384': '3041300d060960864801650304020205000430',
  'SHA-512': '3051300d060960864801650304020305000440',
};

/** DigestInfo of a digest (RFC 8017 §9.2). */
export function digestInfo(hash: HashName, digest: Uint8Array): Uint8Array {
  return joined([fromHex(digestInfoPrefix[hash]), digest]);
}

/** EMSA-PKCS1-v1_5 without the hash (RFC 8017 §9.2); nothing when `info` is too long for the key. */
export function padPkcs1(info: Uint8Array, length: number): Uint8Array | undefined {
  if (info.length > length - 11) return undefined;
  const fill = new Uint8Array(length - 3 - info.length).fill(0xff);
  return joined([Uint8Array.of(0, 1), fill, Uint8Array.of(0), info]);
}

/** EMSA-PSS with a salt as long as the hash (RFC 8017 §9.1.1), for a modulus of `length` whole bytes. The salt follows from the digest, so that runs are equal. */
export function padPss(hash: HashName, digest: Uint8Array, length: number): Uint8Array {
  const make = hashes[hash];
  const salt = make(joined([Uint8Array.of(0x73), digest]));
  const check = make(joined([new Uint8Array(8), digest, salt]));
  const block = new Uint8Array(length - digestLength[hash] - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const masked = xor(block, mask(hash, check, block.length));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return joined([masked, check, Uint8Array.of(0xbc)]);
}

/** The message in an EME-PKCS1-v1_5 block (RFC 8017 §7.2.2); nothing when it is not one. */
export function unpadPkcs1(block: Uint8Array): Uint8Array | undefined {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.slice(end + 1) : undefined;
}

/** The message in an EME-OAEP block with an empty label (RFC 8017 §7.1.2); nothing when it is not one. */
export function unpadOaep(hash: HashName, block: Uint8Array): Uint8Array | undefined {
  const size = digestLength[hash];
  if (block.length < 2 * size + 2) return undefined;
  const maskedBlock = block.subarray(1 + size);
  const seed = xor(block.subarray(1, 1 + size), mask(hash, maskedBlock, size));
  const data = xor(maskedBlock, mask(hash, seed, maskedBlock.length));
  const label = hashes[hash](new Uint8Array(0));
  const one = data.findIndex((byte, at) => at >= size && byte !== 0);
  const whole = block[0] === 0 && label.every((byte, at) => byte === data[at]) && data[one] === 1;
  return whole ? data.slice(one + 1) : undefined;
}

/** MGF1 (RFC 8017 §B.2.1). */
function mask(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let counter = 0; counter * digestLength[hash] < length; counter++) {
    parts.push(hashes[hash](joined([seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)])));
  }
  return joined(parts).slice(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from(a, (byte, at) => byte ^ (b[at] ?? 0));
}
