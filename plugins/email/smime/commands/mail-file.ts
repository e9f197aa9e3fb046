import { type CommandArguments, type DocumentId, type DocumentInfo, type Documents, mostBytes } from '@sigill/core';
import { largestMail, MailError } from '../mail-error.js';

/** All bytes of a file that a person gave. Fails with `too-large`, and as `Documents.read` does. */
export async function readFile(documents: Documents, document: DocumentId): Promise<Uint8Array> {
  const { size } = await documents.info(document);
  if (size > largestMail) throw new MailError('too-large', { most: largestMail / 1_048_576 });
  const whole = new Uint8Array(size);
  for (let at = 0; at < size; at += mostBytes) {
    const length = Math.min(mostBytes, size - at);
    whole.set(await documents.read(document, { offset: at, length }), at);
  }
  return whole;
}

/** A place for the result, tried before a PIN is asked for. Fails as `Documents.draft` does. */
export const placeFor = (documents: Documents, document: DocumentId): Promise<DocumentId> =>
  documents.draft(document, 'empty');

/** Makes a mail of `bytes` beside the one that it came from: `offer-signed.eml`. Fails as `Documents.deliver` does. */
export async function deliverMail(
  documents: Documents,
  draft: DocumentId,
  bytes: Uint8Array,
  suffix: string,
  note: Readonly<Record<string, string>>,
): Promise<DocumentInfo> {
  for (let at = 0; at < bytes.length; at += mostBytes) {
    await documents.append(draft, bytes.subarray(at, at + mostBytes));
  }
  return await documents.deliver({ draft, suffix, extension: 'eml', note });
}

/** The ids in an argument. */
export function idsIn(args: CommandArguments, key: string): readonly DocumentId[] {
  const value = args[key];
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string').slice(0, 100) : [];
}

/** An argument that says something. */
export function wordIn(args: CommandArguments, key: string): string | undefined {
  const value = args[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
