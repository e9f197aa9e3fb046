import type { Duplex } from 'node:stream';
import { safeHeaders } from './safe-headers.js';

/** Why a request is not answered: a key below `refused.` in `host/messages/window`. */
export type Why = 'entry' | 'foreign' | 'unknown' | 'large' | 'many' | 'broken';

/** A request that is not answered. Its message is for the log, and has nothing of the request in it. */
export class Refusal extends Error {
  readonly status: number;
  readonly why: Why;

  constructor(status: number, why: Why, detail?: string) {
    super(detail === undefined ? why : `${why} (${detail})`);
    this.status = status;
    this.why = why;
  }
}

const statuses: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  upgrade: '403 Forbidden',
};

/** Ends a connection whose request could not even be read, or wants to be something else than a request. */
export function refuseBroken(error: { readonly code?: string }, socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  if (!socket.writable) return void socket.destroy();
  const head = Object.entries({ ...safeHeaders, Connection: 'close', 'Content-Length': '0' });
  const lines = [`HTTP/1.1 ${statuses[error.code ?? ''] ?? '400 Bad Request'}`, ...head.map((pair) => pair.join(': '))];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}
