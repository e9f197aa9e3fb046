import { Failure, isFailure } from '@sigill/core';

/** `file-unreadable` for what the system said; a failure stays what it is. `name` is shown: no folder, since plugins hear it too. */
export function unreadable(name: string, error: unknown): Failure {
  return isFailure(error) ? error : new Failure('file-unreadable', { path: name, why: whyOf(error) }, error);
}

/** The same for writing. */
export function unwritable(name: string, error: unknown): Failure {
  return isFailure(error) ? error : new Failure('file-unwritable', { path: name, why: whyOf(error) }, error);
}

/** The system's code (`ENOSPC`, `EROFS`), or what an error says. */
export function whyOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}

/** The system's code of an error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
