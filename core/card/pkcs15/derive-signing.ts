import type { SignatureAlgorithm } from '../../api/signing.js';
import type { ProfileSigning } from '../profile.js';
import type { CardAlgorithm } from './card-info.js';

/** How an algorithm may stand in EF.CIAInfo: PKCS #11 mechanisms, or an object identifier beside a mechanism that names no hash. */
interface Naming {
  readonly mechanism: number;
  readonly identifier?: string;
}

const rsaEncryption = '1.2.840.113549.1.1';
const ecdsaWithSha2 = '1.2.840.10045.4.3';

const sizes = [
  { size: 256, rsa: 0x40, pss: 0x43, ecdsa: 0x1044, rsaArc: 11, ecdsaArc: 2 },
  { size: 384, rsa: 0x41, pss: 0x44, ecdsa: 0x1045, rsaArc: 12, ecdsaArc: 3 },
  { size: 512, rsa: 0x42, pss: 0x45, ecdsa: 0x1046, rsaArc: 13, ecdsaArc: 4 },
] as const;

const anyRsa: Naming = { mechanism: 0x0001 };
const anyEcdsa: Naming = { mechanism: 0x1041 };

/**
 * How a card that publishes its algorithms signs: the digest goes in PSO:CDS. Without published codes the commonest ones
 * of ISO 7816-8 cards stand in (02 and 04), and a note says so.
 */
export function deriveSigning(algorithms: readonly CardAlgorithm[]): {
  readonly signing: ProfileSigning;
  readonly notes: readonly string[];
} {
  const code = (...namings: readonly Naming[]): string | undefined => codeOf(algorithms, namings);
  const rsa = sizes.map(({ rsa: mechanism, rsaArc }) =>
    code({ mechanism }, { ...anyRsa, identifier: `${rsaEncryption}.${rsaArc}` }),
  );
  const hashed = rsa.some((one) => one !== undefined);
  const found: Partial<Record<SignatureAlgorithm, string>> = {};
  const set = (algorithm: SignatureAlgorithm, value: string | undefined): void => {
    if (value !== undefined) found[algorithm] = value;
  };
  const plainEcdsa = code(anyEcdsa);
  sizes.forEach(({ size, pss, ecdsa, ecdsaArc }, at) => {
    set(`RSA-PKCS1-SHA${size}`, hashed ? rsa[at] : (code(anyRsa) ?? '02'));
    set(`RSA-PSS-SHA${size}`, code({ mechanism: pss }));
    const named = code({ mechanism: ecdsa }, { ...anyEcdsa, identifier: `${ecdsaWithSha2}.${ecdsaArc}` });
    set(`ECDSA-SHA${size}`, named ?? plainEcdsa ?? '04');
  });
  const told = algorithms.some((one) => one.signs && isByte(one.code));
  return {
    signing: { input: hashed ? 'inline' : 'digest-info', algorithms: found, ecdsa: 'either', fillDigest: false },
    notes: told ? [] : ['EF.CIAInfo: no algorithm codes, the usual ones are assumed'],
  };
}

/** The code of the first algorithm that computes signatures and is named in one of these ways. */
function codeOf(algorithms: readonly CardAlgorithm[], namings: readonly Naming[]): string | undefined {
  const found = algorithms.find(
    (one) =>
      one.signs &&
      isByte(one.code) &&
      namings.some(
        (naming) => naming.mechanism === one.mechanism && (naming.identifier ?? one.identifier) === one.identifier,
      ),
  );
  return found?.code?.toString(16).padStart(2, '0');
}

const isByte = (code: number | undefined): boolean => code !== undefined && code <= 0xff;
