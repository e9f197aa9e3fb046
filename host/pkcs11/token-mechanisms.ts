import type { PinId } from '@sigill/core';
import { agreesOn, deciphers, type ProfileKey } from '@sigill/core/card';
import type { CardContents } from './card-contents.js';
import { CKF, CKM } from './constants.js';
import { signingMechanisms } from './signature-scheme.js';

/** What can be done with a mechanism, and keys of which sizes in bits. */
export interface MechanismInfo {
  readonly min: number;
  readonly max: number;
  readonly flags: number;
}

interface Ability {
  readonly mechanism: number;
  readonly flags: number;
  readonly size: number;
}

/** What the keys behind a PIN can do, and what the computer does for every token. */
export function tokenMechanisms({ profile, certificates }: CardContents, pin: PinId | undefined): readonly Ability[] {
  const keys = certificates.flatMap(({ key }) => (key !== undefined && key.pin === pin ? [key] : []));
  const { signing, deciphering } = profile;
  const digests = [CKM.SHA_1, CKM.SHA224, CKM.SHA256, CKM.SHA384, CKM.SHA512].map((mechanism) => ({
    mechanism,
    flags: CKF.DIGEST,
    size: 0,
  }));
  const abilities = (key: ProfileKey): readonly Ability[] => {
    const size = key.size ?? 0;
    const both = CKF.HW | CKF.SIGN | CKF.VERIFY;
    if (key.algorithm === 'EC') {
      const curve = CKF.EC_F_P | CKF.EC_NAMEDCURVE | CKF.EC_UNCOMPRESS;
      const derive = agreesOn(profile, key) ? [CKM.ECDH1_DERIVE, CKM.ECDH1_COFACTOR_DERIVE] : [];
      return [
        ...signingMechanisms('ecdsa').map((mechanism) => ({ mechanism, flags: both | curve, size })),
        ...derive.map((mechanism) => ({ mechanism, flags: CKF.HW | CKF.DERIVE | curve, size })),
      ];
    }
    if (key.algorithm !== 'RSA') return [];
    const pss = signing.raw !== undefined || signing.algorithms['RSA-PSS-SHA256'] !== undefined;
    const oaep = deciphering !== undefined && Object.keys(deciphering.algorithms).some((name) => name !== 'RSA-PKCS1');
    const decrypts = deciphers(profile, key);
    return [
      ...signingMechanisms('pkcs1').map((mechanism) => ({ mechanism, flags: both, size })),
      ...(pss ? signingMechanisms('pss').map((mechanism) => ({ mechanism, flags: both, size })) : []),
      ...(decrypts ? [{ mechanism: CKM.RSA_PKCS, flags: CKF.HW | CKF.DECRYPT, size }] : []),
      ...(decrypts && oaep ? [{ mechanism: CKM.RSA_PKCS_OAEP, flags: CKF.HW | CKF.DECRYPT, size }] : []),
    ];
  };
  return [...keys.flatMap(abilities), ...digests];
}

/** One entry for each mechanism. */
export function mechanismInfo(abilities: readonly Ability[]): ReadonlyMap<number, MechanismInfo> {
  const found = new Map<number, MechanismInfo>();
  for (const { mechanism, flags, size } of abilities) {
    const { min, max, flags: before } = found.get(mechanism) ?? { min: size, max: size, flags: 0 };
    found.set(mechanism, { min: Math.min(min, size), max: Math.max(max, size), flags: before | flags });
  }
  return found;
}
