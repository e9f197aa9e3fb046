import type { PageFiles } from './page-files.js';

/** Colours that a person chose. */
export type PageTheme = 'light' | 'dark';

/** The same files with a first page that is drawn in `theme` from the beginning; in the desktop's own colours without one. */
export function inTheme(files: PageFiles, theme: PageTheme | undefined): PageFiles {
  const first = files.get('/');
  if (theme === undefined || first === undefined) return files;
  const marked = first.bytes.toString('utf8').replace('<html ', `<html data-theme="${theme}" `);
  return new Map([...files, ['/', { ...first, bytes: Buffer.from(marked) }]]);
}
