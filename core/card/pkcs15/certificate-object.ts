import { toHex } from '../bytes.js';
import { findTlv } from '../tlv.js';
import { readCardObject } from './card-object.js';
import { type Entries, readEntries } from './entries.js';
import { type FilePath, readFilePath } from './file-path.js';

/** A certificate as the card describes it. */
export interface CertificateObject {
  readonly label?: string;
  /** Hex; its private key has the same. */
  readonly id: string;
  readonly authority: boolean;
  readonly file: FilePath;
}

/** Reads an EF.CD, whether of the holder's, trusted or useful certificates; such without an X.509 file are left out with a note. */
export function parseCertificates(bytes: Uint8Array, what = 'EF.CD'): Entries<CertificateObject> {
  return readEntries(what, bytes, (entry) => {
    const object = readCardObject(entry);
    if (!object || object.kind !== 0x30) return undefined;
    const id = findTlv(object.classAttributes, 0x04);
    const path = findTlv(object.typeAttributes, 0x30);
    const file = path && readFilePath(path);
    if (!id || id.length === 0 || !file) return undefined;
    const authority = (findTlv(object.classAttributes, 0x01)?.[0] ?? 0) !== 0;
    return { ...(object.label !== undefined && { label: object.label }), id: toHex(id), authority, file };
  });
}
