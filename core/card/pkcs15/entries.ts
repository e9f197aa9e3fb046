import { scanTlv, type Tlv } from '../tlv.js';

/** What a directory file says, and what of it was not understood. */
export interface Entries<T> {
  readonly entries: readonly T[];
  readonly notes: readonly string[];
}

/** No card needs more objects in a file; a broken one could name thousands. */
const mostEntries = 64;

/** Reads the objects of a directory file one by one: an entry that `read` does not understand is left out with a note. */
export function readEntries<T>(what: string, bytes: Uint8Array, read: (entry: Tlv) => T | undefined): Entries<T> {
  const { objects, broken } = scanTlv(bytes);
  const entries: T[] = [];
  const notes: string[] = [];
  objects.slice(0, mostEntries).forEach((object, at) => {
    const entry = read(object);
    if (entry === undefined) notes.push(`${what}: entry ${at + 1} skipped`);
    else entries.push(entry);
  });
  if (objects.length > mostEntries) notes.push(`${what}: entries after ${mostEntries} skipped`);
  if (broken) notes.push(`${what}: broken after entry ${objects.length}`);
  return { entries, notes };
}
