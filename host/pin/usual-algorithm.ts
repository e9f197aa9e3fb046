import type { PublicKey, SignatureAlgorithm } from '@sigill/core';

/** What every card with such a key signs with: the hash as wide as the curve (RFC 5754 §3), or PKCS#1 v1.5. Undefined for other keys. */
export function usualAlgorithm({ algorithm, size }: PublicKey): SignatureAlgorithm | undefined {
  if (algorithm === 'RSA') return 'RSA-PKCS1-SHA256';
  if (algorithm !== 'EC') return undefined;
  if (size <= 256) return 'ECDSA-SHA256';
  return size <= 384 ? 'ECDSA-SHA384' : 'ECDSA-SHA512';
}
