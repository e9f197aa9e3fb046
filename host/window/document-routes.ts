import type { Language } from '@sigill/core';
import type { PageDocuments } from './desk.js';
import { pieceSize, uploadSize } from './limits.js';
import { documentPath } from './requests.js';
import type { Answer, Route } from './routes.js';
import { windowTexts } from './window-texts.js';

/** Dropped documents on their way in, one at a time, and pieces of given ones on their way to their preview. */
export function documentRoutes(
  documents: PageDocuments,
  language: () => Language,
  failed: (error: unknown) => Answer,
): readonly Route[] {
  let taking = false;
  const refused = (status: number, key: string): Answer => ({
    status,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify({ message: windowTexts(language()).text(key) }),
    headers: { Connection: 'close' },
  });
  return [
    {
      kind: 'upload',
      path: new RegExp(`^${documentPath}/([\\w.-]{1,100})/([\\w.~%!'()*-]{1,1500})$`),
      type: 'application/octet-stream',
      async take({ found: [, panel = '', name = ''], body, told }) {
        if (taking) return refused(429, 'upload.busy');
        if (told !== undefined && told > uploadSize) return refused(413, 'upload.large');
        taking = true;
        try {
          await documents.receive(panel, decodeURIComponent(name), body, uploadSize);
          return { status: 204 };
        } catch (error) {
          if (error instanceof URIError) return { status: 404 };
          return { ...failed(error), headers: { Connection: 'close' } };
        } finally {
          taking = false;
        }
      },
    },
    {
      kind: 'answer',
      method: 'GET',
      path: new RegExp(`^${documentPath}/([\\w-]{1,64})$`),
      async answer({ found: [, id = ''], range }) {
        const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range ?? '') ?? [];
        const [offset, length] = [Number(first), Number(last) - Number(first) + 1];
        if (first === undefined || length < 1 || length > pieceSize) return { status: 416 };
        try {
          const { bytes, size } = await documents.piece(id, offset, length);
          const end = offset + bytes.length - 1;
          const headers = { 'Content-Range': `bytes ${offset}-${end}/${size}`, 'Accept-Ranges': 'bytes' };
          return bytes.length === 0
            ? { status: 416 }
            : { status: 206, type: 'application/octet-stream', body: bytes, headers };
        } catch (error) {
          return failed(error);
        }
      },
    },
  ];
}
