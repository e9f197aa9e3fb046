import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pdfData } from './pdf-data-routes.js';

/** A file of a page, whole, in memory. */
export interface PageFile {
  readonly bytes: Buffer;
  readonly type: string;
}

/** Files by their path on the server. A request is looked up here and nowhere else: no path of a request reaches the disk. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Reads the files of a page from its folders, once, but for `pdfData`; of what is found twice the later one counts. `/` is `index.html`. */
export async function readPageFiles(...folders: readonly string[]): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const type = types[extname(entry.name)];
      if (!entry.isFile() || type === undefined || entry.parentPath === join(folder, pdfData)) continue;
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(folder, path).split(sep).join('/')}`;
      files.set(name === '/index.html' ? '/' : name, { bytes: await readFile(path), type });
    }
  }
  return files;
}
