import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Route } from './routes.js';

/** Folder of a built page with what pdf.js wants for some documents alone: it is read when it is asked for. */
export const pdfData = 'pdf';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/** Character maps, standard fonts and the decoder of JPEG 2000 for the preview of documents. Only names of files that are there are looked up. */
export function pdfDataRoutes(page: string): readonly Route[] {
  const folder = join(page, pdfData);
  let names: Promise<ReadonlySet<string>> | undefined;
  return [
    {
      kind: 'answer',
      method: 'GET',
      path: new RegExp(`^/${pdfData}/([\\w-]{1,80}\\.[a-z]{2,5})$`),
      async answer({ found: [, name = ''] }) {
        names ??= readdir(folder).then(
          (found) => new Set(found),
          () => new Set(),
        );
        const type = types[extname(name)];
        if (type === undefined || !(await names).has(name)) return { status: 404 };
        return { status: 200, type, body: await readFile(join(folder, name)) };
      },
    },
  ];
}
