/** A curve of a public key. */
export interface NamedCurve {
  /** Bits of a coordinate. */
  readonly size: number;
  readonly name: string;
}

/** By object identifier: those of NIST (RFC 5480 §2.1.1.1), and of Brainpool (RFC 5639), which have no NIST name. */
export const namedCurves: Readonly<Record<string, NamedCurve>> = {
  '1.2.840.10045.3.1.7': { size: 256, name: 'P-256' },
  '1.3.132.0.34': { size: 384, name: 'P-384' },
  '1.3.132.0.35': { size: 521, name: 'P-521' },
  '1.3.36.3.3.2.8.1.1.7': { size: 256, name: 'brainpoolP256r1' },
  '1.3.36.3.3.2.8.1.1.11': { size: 384, name: 'brainpoolP384r1' },
  '1.3.36.3.3.2.8.1.1.13': { size: 512, name: 'brainpoolP512r1' },
};
