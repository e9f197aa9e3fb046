import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { uploadIdle } from './limits.js';
import { Refusal, refuseBroken } from './refusal.js';
import type { Answer, UploadRoute } from './routes.js';

/** Hands the body of a `POST` over as it comes, without keeping it. Throws a `Refusal`. */
export async function upload(request: IncomingMessage, found: RegExpExecArray, route: UploadRoute): Promise<Answer> {
  if (request.headers['content-type'] !== route.type) throw new Refusal(415, 'unknown');
  const told = request.headers['content-length'];
  const body = new PassThrough();
  // Destroyed from this side the request is let be, so that an answer can still go out.
  body.on('error', () => undefined);
  const gone = (): void => void (request.complete || body.destroy(new Error('it did not arrive whole')));
  request.once('close', gone);
  request.once('error', gone);
  request.setTimeout(uploadIdle, () => request.destroy());
  request.pipe(body);
  try {
    return await route.take({ found, body, told: told === undefined ? undefined : Number(told) });
  } finally {
    request.unpipe(body);
    request.socket.setTimeout(0);
  }
}

/** Ends the connection when reading its request takes longer than `time` milliseconds. */
export async function within<T>({ socket }: IncomingMessage, time: number, read: () => Promise<T>): Promise<T> {
  const late = setTimeout(() => refuseBroken({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket), time);
  try {
    return await read();
  } finally {
    clearTimeout(late);
  }
}
