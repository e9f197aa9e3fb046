import { fromBytes, inverseModulo, powerModulo, toBytes } from './big-integer.js';
import { rsaPrimes } from './rsa-primes.js';

/** An RSA private key with what the Chinese remainder theorem needs (RFC 8017 §3.2). */
export interface RsaKey {
  readonly kind: 'rsa';
  /** Bytes of the modulus. */
  readonly length: number;
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qInverse: bigint;
}

const keys = new Map<number, RsaKey>();

/** The `index`-th of the published RSA-2048 keys, from 0. */
export function rsaKey(index: number): RsaKey {
  const made = keys.get(index);
  if (made) return made;
  const [p, q] = (rsaPrimes[index] ?? []).map((hex) => BigInt(`0x${hex}`));
  if (p === undefined || q === undefined) throw new Error(`There is no RSA key ${index}`);
  const publicExponent = 65_537n;
  const key: RsaKey = {
    kind: 'rsa',
    length: 256,
    modulus: p * q,
    publicExponent,
    p,
    q,
    dp: inverseModulo(publicExponent, p - 1n),
    dq: inverseModulo(publicExponent, q - 1n),
    qInverse: inverseModulo(q, p),
  };
  keys.set(index, key);
  return key;
}

/** RSASP1 and RSADP (RFC 8017 §5.1.2, §5.2.1); nothing for a number that is not below the modulus. */
export function rsaPrivate(key: RsaKey, input: Uint8Array): Uint8Array | undefined {
  const message = fromBytes(input);
  if (input.length !== key.length || message >= key.modulus) return undefined;
  const first = powerModulo(message, key.dp, key.p);
  const second = powerModulo(message, key.dq, key.q);
  const difference = (((first - second) % key.p) + key.p) % key.p;
  return toBytes(second + key.q * ((key.qInverse * difference) % key.p), key.length);
}
