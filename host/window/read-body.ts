import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, in one buffer of its own outside the moving heap; each piece is wiped when it has been copied.
 * `undefined` when there is more than `most` bytes: the rest is not read.
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const told = request.headers['content-length'];
  if (told !== undefined && Number(told) > most) return undefined;
  const body = new Uint8Array(new ArrayBuffer(told === undefined ? most : Number(told)));
  let length = 0;
  // Left early, the iterator destroys the request: what is still to come is not waited for.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const room = body.length - length;
    if (piece.length <= room) body.set(piece, length);
    length += piece.length;
    piece.fill(0);
    if (piece.length <= room) continue;
    body.fill(0);
    return undefined;
  }
  return body.subarray(0, length);
}
