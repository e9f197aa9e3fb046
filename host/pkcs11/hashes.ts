import { CKM } from './constants.js';
import type { HashName } from '../pin/mask.js';

/** The hash that a mechanism names, by CKM_SHA…; undefined for another number. */
export function hashOf(mechanism: number): HashName | undefined {
  return names.get(mechanism);
}

/** The hash of a mask generation function, CKG_MGF1_…. */
export function hashOfMask(mgf: number): HashName | undefined {
  return masks[mgf - 1];
}

const names: ReadonlyMap<number, HashName> = new Map([
  [CKM.SHA_1, 'sha1'],
  [CKM.SHA224, 'sha224'],
  [CKM.SHA256, 'sha256'],
  [CKM.SHA384, 'sha384'],
  [CKM.SHA512, 'sha512'],
]);

// CKG_MGF1_SHA1 is 1, SHA256 2, SHA384 3, SHA512 4, SHA224 5.
const masks: readonly HashName[] = ['sha1', 'sha256', 'sha384', 'sha512', 'sha224'];

// RFC 8017 §9.2, note 1: DigestInfo up to the digest.
const prefixes: Readonly<Record<HashName, string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** DigestInfo around a digest. */
export function digestInfo(hash: HashName, digest: Uint8Array): Uint8Array {
  return Uint8Array.of(...Buffer.from(prefixes[hash], 'hex'), ...digest);
}

/** The hash and digest in a DigestInfo; undefined for other bytes. */
export function parseDigestInfo(
  info: Uint8Array,
): { readonly hash: HashName; readonly digest: Uint8Array } | undefined {
  const text = Buffer.from(info).toString('hex');
  for (const [hash, prefix] of Object.entries(prefixes) as [HashName, string][]) {
    const length = parseInt(prefix.slice(-2), 16);
    if (text.startsWith(prefix) && info.length === prefix.length / 2 + length) {
      return { hash, digest: info.slice(prefix.length / 2) };
    }
  }
  return undefined;
}
