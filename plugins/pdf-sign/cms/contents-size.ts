import { readCertificate } from '@sigill/core/cms';

/** What is known before the card signs. */
export interface SizeFacts {
  /** DER, the signer's own first; all that will stand in the signature. */
  readonly certificates: readonly Uint8Array[];
  /** Bytes of a timestamp token from the same authority (`probeTimestamp`); absent for B-B. */
  readonly timestamp?: number;
}

// Outer wrapping, signed attributes with the largest digest and signing time, algorithm identifiers: 420 bytes when measured at their most.
const frame = 1024;

/**
 * Bytes that /Contents must hold (its hex takes twice as many), never too small: a signature's parts have known sizes but the timestamp's,
 * which is asked for once before the PIN and may grow by a quarter and 2 KiB until the real one comes.
 */
export function contentsSize({ certificates, timestamp }: SizeFacts): number {
  const chain = certificates.reduce((sum, der) => sum + der.length, 0);
  const own = certificates[0] && readCertificate(certificates[0]);
  // The issuer's name stands twice: in the signer's identifier and in the ESS attribute.
  const names = (own?.issuer.raw.length ?? 1024) * 2 + 64;
  const signature = own?.key.kind === 'rsa' ? own.key.size / 8 : 160;
  return Math.ceil(frame + chain + names + signature + (timestamp === undefined ? 0 : timestamp * 1.25 + 2048));
}
