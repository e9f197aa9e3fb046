import { isFailure } from '../failure.js';
import type { CachedCertificate } from './card-cache.js';
import { parseCertificate, type ParsedCertificate } from './certificate.js';
import type { CardCertificate } from './resolve-profile.js';

/** The certificates in files of a card; one that is not understood is a note. */
export function decodeCertificates(files: readonly CachedCertificate[]): {
  readonly certificates: readonly CardCertificate[];
  readonly notes: readonly string[];
} {
  const notes: string[] = [];
  const certificates = files.flatMap(({ id, der }): readonly CardCertificate[] => {
    try {
      return [{ id, certificate: parsedOnce(der) }];
    } catch (error) {
      if (!isFailure(error, 'certificate-invalid')) throw error;
      notes.push(`certificate ${id}: not understood`);
      return [];
    }
  });
  return { certificates, notes };
}

const parsed = new WeakMap<Uint8Array, ParsedCertificate>();

/** A card is put together again when the rest of it was read: its certificates, the very bytes, are not parsed again. */
function parsedOnce(der: Uint8Array): ParsedCertificate {
  const known = parsed.get(der) ?? parseCertificate(der);
  parsed.set(der, known);
  return known;
}
