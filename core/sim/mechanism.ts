/** Hash functions by the name that RFC 8017 uses; the digest is made outside the card. */
export type HashName = 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Bytes of a digest. */
export const digestLength: Readonly<Record<HashName, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
};

/** What an algorithm byte of MSE makes a key do. */
export type Mechanism =
  | { readonly kind: 'pkcs1'; readonly hash: HashName }
  /** PKCS#1 v1.5 over a DigestInfo that the caller made. */
  | { readonly kind: 'pkcs1-digest-info' }
  | { readonly kind: 'pss'; readonly hash: HashName }
  | { readonly kind: 'ecdsa'; readonly hash?: HashName }
  | { readonly kind: 'raw' }
  | { readonly kind: 'decrypt-pkcs1' }
  | { readonly kind: 'decrypt-oaep'; readonly hash: HashName };

const nibbles: readonly (readonly [number, HashName])[] = [
  [0x10, 'SHA-1'],
  [0x30, 'SHA-224'],
  [0x40, 'SHA-256'],
  [0x50, 'SHA-384'],
  [0x60, 'SHA-512'],
];

/** Mechanisms by the algorithm byte of MSE: for template B6 (signature) and for B8 (confidentiality). */
export interface Mechanisms {
  readonly sign: ReadonlyMap<number, Mechanism>;
  readonly decrypt: ReadonlyMap<number, Mechanism>;
}

/** FINEID's algorithm bytes: hash nibble and scheme nibble (S1 v4.2 §3.6.3 Tables 6 and 7; cards.md §1.8). */
export const fineidMechanisms: Mechanisms = {
  sign: new Map(
    nibbles.flatMap(([high, hash]): [number, Mechanism][] => [
      [high | 0x02, { kind: 'pkcs1', hash }],
      [high | 0x04, { kind: 'ecdsa', hash }],
      [high | 0x05, { kind: 'pss', hash }],
    ]),
  ),
  decrypt: new Map<number, Mechanism>([
    [0x1a, { kind: 'decrypt-pkcs1' }],
    ...nibbles.map(([high, hash]): [number, Mechanism] => [high | 0x0d, { kind: 'decrypt-oaep', hash }]),
  ]),
};

/** MyEID's: the caller pads, or makes the DigestInfo (cards.md §2.6). */
export const myeidMechanisms: Mechanisms = {
  sign: new Map<number, Mechanism>([
    [0x00, { kind: 'raw' }],
    [0x02, { kind: 'pkcs1-digest-info' }],
    [0x04, { kind: 'ecdsa' }],
  ]),
  decrypt: new Map<number, Mechanism>([
    [0x00, { kind: 'raw' }],
    [0x02, { kind: 'decrypt-pkcs1' }],
  ]),
};
