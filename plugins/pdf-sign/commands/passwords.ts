import type { CommandArguments, DocumentId } from '@sigill/core';

/** The password that opens a document, as far as the person gave one. */
export type Passwords = (document: DocumentId) => string | undefined;

/** Characters that a password may have. */
const longest = 500;

/** The passwords in a command's arguments: `passwords` by document, and `password` for all others. Not trimmed: a space may be part of one. */
export function passwordsIn({ password, passwords }: CommandArguments): Passwords {
  const own =
    typeof passwords === 'object' && !Array.isArray(passwords) ? new Map(Object.entries(passwords)) : undefined;
  return (document) => usable(own?.get(document)) ?? usable(password);
}

function usable(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}
