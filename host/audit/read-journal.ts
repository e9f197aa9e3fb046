import { readFileSync } from 'node:fs';

/** The lines of a journal, also those that are no entries; none when there is no journal. Fails as the file system does. */
export function readJournal(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    // What follows the last line feed is a line only if somebody wrote one there.
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
