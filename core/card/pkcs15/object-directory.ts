import { insideTag } from '../der.js';
import { type Entries, readEntries } from './entries.js';
import { type FilePath, readFilePath } from './file-path.js';
import { insideOf } from '../der.js';

/** The kinds of directory file that EF.OD names (ISO/IEC 7816-15 §8.3). */
export type DirectoryKind =
  | 'private-keys'
  | 'public-keys'
  | 'trusted-public-keys'
  | 'secret-keys'
  | 'certificates'
  | 'trusted-certificates'
  | 'useful-certificates'
  | 'data'
  | 'authentication';

export interface DirectoryFile {
  readonly kind: DirectoryKind;
  readonly file: FilePath;
}

const kinds: readonly DirectoryKind[] = [
  'private-keys',
  'public-keys',
  'trusted-public-keys',
  'secret-keys',
  'certificates',
  'trusted-certificates',
  'useful-certificates',
  'data',
  'authentication',
];

/** Reads EF.OD: which directory files the application has. */
export function parseObjectDirectory(bytes: Uint8Array): Entries<DirectoryFile> {
  return readEntries('EF.OD', bytes, ({ tag, value }) => {
    const kind = kinds[tag - 0xa0];
    const parts = insideOf(value);
    const path = parts && insideTag(parts, 0x30) && parts.find((part) => part.tag === 0x30);
    const file = path && readFilePath(path.value);
    return kind && file && { kind, file };
  });
}
