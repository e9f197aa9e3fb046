import { CKM, CKR } from './constants.js';
import { Refusal } from './refusal.js';
import type { WireReader } from './wire-reader.js';

/** A mechanism with its parameter. */
export interface Mechanism {
  readonly type: number;
  readonly pss?: { readonly hash: number; readonly mgf: number; readonly saltLength: number };
  readonly oaep?: { readonly hash: number; readonly mgf: number; readonly label: Uint8Array };
  readonly ecdh?: { readonly kdf: number; readonly shared: Uint8Array; readonly point: Uint8Array };
}

const cancelled = 0xffff_ffff;

const pss: ReadonlySet<number> = new Set<number>([
  CKM.RSA_PKCS_PSS,
  CKM.SHA1_RSA_PKCS_PSS,
  CKM.SHA224_RSA_PKCS_PSS,
  CKM.SHA256_RSA_PKCS_PSS,
  CKM.SHA384_RSA_PKCS_PSS,
  CKM.SHA512_RSA_PKCS_PSS,
]);
const ecdh: ReadonlySet<number> = new Set<number>([CKM.ECDH1_DERIVE, CKM.ECDH1_COFACTOR_DERIVE]);
const known: ReadonlySet<number> = new Set<number>(Object.values(CKM));

/**
 * `M`; undefined for a null pointer, which takes an operation back. From version 2 of the protocol a byte says whether a parameter
 * follows, and a mechanism that never has one has not even that; before, a parameter is bytes with their length unless it is one of
 * those that are taken apart. Fails with CKR_MECHANISM_INVALID for one that Sigill does not know, CKR_MECHANISM_PARAM_INVALID.
 */
export function readMechanism(reader: WireReader, version: number): Mechanism | undefined {
  const type = reader.uint32();
  if (type === cancelled) return undefined;
  if (!known.has(type)) throw new Refusal(CKR.MECHANISM_INVALID);
  const composed = pss.has(type) || type === CKM.RSA_PKCS_OAEP || ecdh.has(type);
  if (!composed) return plain(reader, version, type);
  if (version >= 2 && reader.byte() === 0) throw new Refusal(CKR.MECHANISM_PARAM_INVALID);
  if (pss.has(type)) {
    return { type, pss: { hash: reader.ulong(), mgf: reader.ulong(), saltLength: reader.ulong() } };
  }
  if (type === CKM.RSA_PKCS_OAEP) {
    const [hash, mgf] = [reader.ulong(), reader.ulong()];
    reader.ulong();
    return { type, oaep: { hash, mgf, label: bytes(reader) } };
  }
  return { type, ecdh: { kdf: reader.ulong(), shared: bytes(reader), point: bytes(reader) } };
}

function plain(reader: WireReader, version: number, type: number): Mechanism {
  // A parameter where there is none to be is left out of account, as other modules do.
  if (version < 2) reader.counted();
  return { type };
}

const bytes = (reader: WireReader): Uint8Array => reader.counted()?.slice() ?? new Uint8Array();
