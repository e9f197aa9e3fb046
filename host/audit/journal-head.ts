import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { beginning } from './journal-entry.js';

/** Where the journal ends: kept beside it, so that an end that was cut off is missed. */
export interface JournalHead {
  /** Lines. */
  readonly lines: number;
  /** Bytes. */
  readonly size: number;
  /** The digest of the last line, hex. */
  readonly last: string;
}

/** Of a journal that has no line yet. */
export const emptyHead: JournalHead = { lines: 0, size: 0, last: beginning };

/** What was kept; nothing when there is none, or none that can be read. */
export function readHead(path: string): JournalHead | undefined {
  try {
    const { lines, size, last } = (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as Record<string, unknown>;
    const fits = Number.isSafeInteger(lines) && Number.isSafeInteger(size) && typeof last === 'string';
    return fits ? { lines: lines as number, size: size as number, last: last as string } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written beside and renamed, and made to last. Fails as the file system does. */
export function writeHead(path: string, head: JournalHead): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(head)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
