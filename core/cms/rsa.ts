import { type DigestName, digestId, digestOf } from './algorithm.js';
import { joined, sameBytes, toHex } from './bytes.js';
import { nothing, octets, oid, sequence } from './der.js';

/** The numbers of an RSA public key, big-endian, without leading zeros. */
export interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/*
 * Checking takes a digest that was made elsewhere: a document's bytes stay with the host, and WebCrypto wants them all.
 * Only public numbers are worked on here.
 */

/** The number under the signature, in as many bytes as the modulus (RFC 8017 §5.2.2); undefined for a key or value out of bounds. */
export function opened({ modulus, exponent }: RsaNumbers, signature: Uint8Array): Uint8Array | undefined {
  // Real keys are far below; larger ones only cost time.
  if (modulus.length < 64 || modulus.length > 2048 || exponent.length === 0 || exponent.length > 8) return undefined;
  if (signature.length !== modulus.length) return undefined;
  const [n, s] = [number(modulus), number(signature)];
  if (s >= n) return undefined;
  let left = number(exponent);
  let power = s;
  let product = 1n;
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) product = (product * power) % n;
    power = (power * power) % n;
  }
  const hex = product.toString(16).padStart(modulus.length * 2, '0');
  return Uint8Array.from({ length: modulus.length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2): what must be under the signature is built and compared, with and without NULL parameters. */
export function isPkcs1(message: Uint8Array, digest: DigestName, hash: Uint8Array): boolean {
  return [[nothing()], []].some((parameters) => {
    const info = sequence(sequence(oid(digestId(digest)), ...parameters), octets(hash));
    const padding = message.length - info.length - 3;
    if (padding < 8) return false;
    return sameBytes(
      message,
      joined([Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), info]),
    );
  });
}

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2). `bits`: of the modulus. */
export function isPss(
  message: Uint8Array,
  bits: number,
  scheme: { readonly digest: DigestName; readonly mask: DigestName; readonly salt: number },
  hash: Uint8Array,
): boolean {
  const unused = (8 - ((bits - 1) % 8)) % 8;
  // With bits − 1 a multiple of 8 the number has a byte more than the encoded message.
  const encoded = (bits - 1) % 8 === 0 ? message.subarray(1) : message;
  const length = encoded.length - hash.length - 1;
  if (length < scheme.salt + 1 || encoded.at(-1) !== 0xbc || ((encoded[0] ?? 0xff) & ~(0xff >> unused) & 0xff) !== 0) {
    return false;
  }
  const inner = encoded.subarray(length, length + hash.length);
  const mask = mgf1(scheme.mask, inner, length);
  const data = encoded.subarray(0, length).map((byte, at) => byte ^ (mask[at] ?? 0));
  data[0] = (data[0] ?? 0) & (0xff >> unused);
  const zeros = length - scheme.salt - 1;
  if (data.subarray(0, zeros).some((byte) => byte !== 0) || data[zeros] !== 1) return false;
  return sameBytes(inner, digestOf(scheme.digest, joined([new Uint8Array(8), hash, data.subarray(zeros + 1)])));
}

// RFC 8017 §B.2.1.
function mgf1(digest: DigestName, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let made = 0, count = 0; made < length; count += 1) {
    const block = digestOf(digest, joined([seed, Uint8Array.of(0, 0, count >> 8, count & 0xff)]));
    blocks.push(block);
    made += block.length;
  }
  return joined(blocks).subarray(0, length);
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes) || '0'}`);
