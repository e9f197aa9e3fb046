import type { DocumentId, Documents, Trust, TrustAnchor } from '@sigill/core';
import { anchorsOf, readTrustList } from '../verify/trust-list.js';
import { readRange } from './document-source.js';
import { Refusal } from './refusal.js';

/** Bytes of a file with anchors. */
const largest = 33_554_432;

/** All that certificates are judged by: the host's anchors, the person's trusted list, and a file that came with the command. */
export async function anchorsFor(
  trust: Trust,
  documents: Documents,
  file: DocumentId | undefined,
): Promise<readonly TrustAnchor[]> {
  const list = await trust.list();
  const listed = list === undefined ? [] : anchorsOf(readTrustList(list) ?? { services: [] });
  return [...(await trust.anchors()), ...listed, ...(file === undefined ? [] : await anchorsInFile(documents, file))];
}

/** DER, PEM with any number of certificates, or an EU trusted list. */
async function anchorsInFile(documents: Documents, file: DocumentId): Promise<readonly TrustAnchor[]> {
  const { size, name } = await documents.info(file);
  if (size > largest) throw new Refusal('verify-trust-unreadable', { name });
  const bytes = await readRange(documents, file, 0, size);
  if (bytes[0] === 0x30) return [{ der: bytes, source: 'file' }];
  const text = new TextDecoder().decode(bytes.subarray(0, 4_194_304));
  const found = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(([, body = '']): TrustAnchor => ({
    der: decoded(body),
    source: 'file',
  }));
  const listed = found.length > 0 ? found : anchorsOf(readTrustList(bytes) ?? { services: [] });
  if (listed.length === 0) throw new Refusal('verify-trust-unreadable', { name });
  return listed;
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0));
}
