import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { type CardName, personalities } from '@sigill/core/sim';

/** PEM of the private key of a simulated card that belongs to a certificate. These keys are published and follow from their names. */
export function cardKey(card: CardName, certificate: X509Certificate): string {
  const wanted = certificate.publicKey.export({ format: 'der', type: 'spki' });
  for (const { key } of personalities[card].build('normal', {}).keys) {
    const made = createPrivateKey({ key: key.kind === 'ec' ? ecJwk(key) : rsaJwk(key), format: 'jwk' });
    const own = createPublicKey(made).export({ format: 'der', type: 'spki' });
    if (own.equals(wanted)) return made.export({ format: 'pem', type: 'pkcs8' }) as string;
  }
  throw new Error(`${card} has no key for ${certificate.subject}`);
}

type CardKey = ReturnType<(typeof personalities)['myeid']['build']>['keys'][number]['key'];

function ecJwk({ curve, length, secret, publicPoint }: Extract<CardKey, { kind: 'ec' }>) {
  const [x, y] = [publicPoint.subarray(1, 1 + length), publicPoint.subarray(1 + length)].map(base64url);
  return { kty: 'EC', crv: curve, x: x!, y: y!, d: base64url(secret) };
}

function rsaJwk({ modulus, publicExponent, p, q, dp, dq, qInverse }: Extract<CardKey, { kind: 'rsa' }>) {
  const phi = (p - 1n) * (q - 1n);
  const numbers = { n: modulus, e: publicExponent, d: inverse(publicExponent, phi), p, q, dp, dq, qi: qInverse };
  const parts = Object.entries(numbers).map(([name, value]) => [name, base64url(bytes(value))]);
  return { kty: 'RSA', ...(Object.fromEntries(parts) as Record<string, string>) };
}

const base64url = (part: Uint8Array): string => Buffer.from(part).toString('base64url');

function bytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Extended Euclid. */
function inverse(value: bigint, modulo: bigint): bigint {
  let [old, rest, before, factor] = [modulo, value, 0n, 1n];
  while (rest !== 0n) {
    const quotient = old / rest;
    [old, rest] = [rest, old - quotient * rest];
    [before, factor] = [factor, before - quotient * factor];
  }
  return ((before % modulo) + modulo) % modulo;
}
