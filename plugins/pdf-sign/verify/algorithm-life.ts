import type { DigestName, PublicKeyInfo, SignatureScheme } from '@sigill/core/cms';

const from = (date: string): number => Date.parse(`${date}T00:00:00Z`);

// The dates that DSS' validation policy gives, after ETSI TS 119 312 and its predecessors. Absent: no end known.
const digests: Partial<Readonly<Record<DigestName, number>>> = {
  MD5: from('2004-08-01'),
  'SHA-1': from('2012-08-01'),
  'RIPEMD-160': from('2014-08-01'),
};
const rsaSizes: readonly (readonly [bits: number, until: number])[] = [
  [1024, from('2009-12-31')],
  [1536, from('2016-12-31')],
  [1900, from('2019-10-01')],
];

/** What of a signature is too weak at time `at` (milliseconds since 1970): `SHA-1`, `RSA 1024`; undefined when nothing is. */
export function weaknessAt(
  scheme: SignatureScheme | DigestName | undefined,
  key: PublicKeyInfo | undefined,
  at: number,
): string | undefined {
  const digest = typeof scheme === 'string' ? scheme : scheme?.digest;
  if (digest && at >= (digests[digest] ?? Infinity)) return digest;
  if (key?.kind === 'rsa') {
    const end = rsaSizes.find(([bits]) => key.size < bits || (bits === 1024 && key.size === bits))?.[1] ?? Infinity;
    return at >= end ? `RSA ${key.size}` : undefined;
  }
  return undefined;
}
