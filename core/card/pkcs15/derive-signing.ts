import type { SignatureAlgorithm } from '../../api/signing.js';
import type { ProfileSigning } from '../profile.js';
import type { CardAlgorithm } from './card-info.js';

const sizes = [256, 384, 512] as const;

// PKCS #11 mechanisms: RSA_PKCS and ECDSA over a ready digest, and those that name their hash.
const rsa = 0x0001;
const rsaWithHash = { 256: 0x0040, 384: 0x0041, 512: 0x0042 } as const;
const pssWithHash = { 256: 0x0043, 384: 0x0044, 512: 0x0045 } as const;
const ecdsa = 0x1041;
const ecdsaWithHash = { 256: 0x1044, 384: 0x1045, 512: 0x1046 } as const;

/**
 * How a card that publishes its algorithms signs: the digest goes in PSO:CDS. Without published codes the commonest ones
 * of ISO 7816-8 cards stand in (02 and 04), and a note says so.
 */
export function deriveSigning(algorithms: readonly CardAlgorithm[]): {
  readonly signing: ProfileSigning;
  readonly notes: readonly string[];
} {
  const code = (mechanism: number): string | undefined =>
    algorithms
      .find((one) => one.mechanism === mechanism && one.signs && isByte(one.code))
      ?.code?.toString(16)
      .padStart(2, '0');
  const hashed = sizes.some((size) => code(rsaWithHash[size]) !== undefined);
  const found: Partial<Record<SignatureAlgorithm, string>> = {};
  const set = (algorithm: SignatureAlgorithm, value: string | undefined): void => {
    if (value !== undefined) found[algorithm] = value;
  };
  for (const size of sizes) {
    set(`RSA-PKCS1-SHA${size}`, hashed ? code(rsaWithHash[size]) : (code(rsa) ?? '02'));
    set(`RSA-PSS-SHA${size}`, code(pssWithHash[size]));
    set(`ECDSA-SHA${size}`, code(ecdsaWithHash[size]) ?? code(ecdsa) ?? '04');
  }
  const told =
    hashed || [rsa, ecdsa, ...Object.values(ecdsaWithHash)].some((mechanism) => code(mechanism) !== undefined);
  return {
    signing: { input: hashed ? 'inline' : 'digest-info', algorithms: found, ecdsa: 'either', fillDigest: false },
    notes: told ? [] : ['EF.CIAInfo: no algorithm codes, the usual ones are assumed'],
  };
}

const isByte = (code: number | undefined): boolean => code !== undefined && code <= 0xff;
