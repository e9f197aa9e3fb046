import { type DocumentId, type Documents, mostBytes } from '@sigill/core';
import type { Source } from '../pdf/source.js';

/** A document or draft as the PDF reader wants it. */
export async function documentSource(documents: Documents, document: DocumentId): Promise<Source> {
  const { size } = await documents.info(document);
  return { size, read: (offset, length) => readRange(documents, document, offset, Math.min(length, size - offset)) };
}

/** Bytes of a document, as many as one wants. */
export async function readRange(
  documents: Documents,
  document: DocumentId,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  if (length <= mostBytes) return documents.read(document, { offset, length });
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; at += mostBytes) {
    const part = await documents.read(document, { offset: offset + at, length: Math.min(mostBytes, length - at) });
    whole.set(part, at);
  }
  return whole;
}

/** Adds bytes to a draft, as many as there are. */
export async function appendAll(documents: Documents, draft: DocumentId, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += mostBytes)
    await documents.append(draft, bytes.subarray(at, at + mostBytes));
}

/** Two pairs of offset and length, as /ByteRange has them, for the host's digest. */
export function rangesOf([first = 0, length = 0, second = 0, rest = 0]: readonly number[]) {
  return [
    { offset: first, length },
    { offset: second, length: rest },
  ];
}
