import type { IncomingMessage } from 'node:http';
import { foreign } from './foreign.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { peerUser } from './peer-user.js';
import { Refusal } from './refusal.js';
import type { Answer } from './routes.js';
import { Sessions, type Session } from './sessions.js';

/** Who is let in: the holder of a fresh token becomes a session, a session may ask, and everybody else hears a refusal. */
export class Entrance {
  readonly port: number;
  readonly #user: number | undefined;
  readonly #tokens: OneTimeTokens;
  readonly #sessions: Sessions;

  constructor(port: number, now: () => number, user: number | undefined) {
    this.port = port;
    this.#user = user;
    this.#tokens = new OneTimeTokens(now);
    this.#sessions = new Sessions(`sigill-${port}`);
  }

  address(lifetime: number): string {
    return `http://${this.#authority}/?token=${this.#tokens.issue(lifetime)}`;
  }

  /** The session of a request, or the answer that makes one of a token. Throws a `Refusal`. */
  async admit(request: IncomingMessage): Promise<{ readonly session: Session } | { readonly answer: Answer }> {
    const token = /^\/\?token=([\w-]{43})$/.exec(request.url ?? '')?.[1];
    const why = foreign(request, this.#authority, token !== undefined);
    if (why !== undefined) throw new Refusal(403, 'foreign', why);
    if (request.method === 'GET' && hasBody(request)) throw new Refusal(400, 'unknown', 'body');
    if (token !== undefined) return { answer: await this.#enter(request, token) };
    const session = this.#sessions.find(request.headers.cookie);
    if (session === undefined) throw new Refusal(401, 'entry');
    await this.#sameUser(request);
    return { session };
  }

  async #enter(request: IncomingMessage, token: string): Promise<Answer> {
    if (request.method !== 'GET') throw new Refusal(405, 'unknown');
    // Before the token is looked at: who may not use it cannot use it up.
    await this.#sameUser(request);
    const isFresh = this.#tokens.redeem(token);
    // Who was let in comes again with the same address, as by a second press on a button that leads here.
    if (!isFresh && this.#sessions.find(request.headers.cookie) === undefined) throw new Refusal(401, 'entry');
    const cookie = isFresh ? { 'Set-Cookie': this.#sessions.begin() } : {};
    const site = request.headers['sec-fetch-site'];
    if (site === undefined || site === 'none') return { status: 303, headers: { ...cookie, Location: '/' } };
    // A redirect would still count as led by that other page, and a strict cookie would stay away from it (RFC 6265bis §5.2).
    return { status: 200, type: 'text/html; charset=utf-8', headers: cookie, body: onwards };
  }

  async #sameUser(request: IncomingMessage): Promise<void> {
    if (this.#user === undefined) return;
    const peer = await peerUser(request.socket);
    if (peer !== undefined && peer !== this.#user) throw new Refusal(403, 'foreign', 'user');
  }

  get #authority(): string {
    return `127.0.0.1:${this.port}`;
  }
}

const onwards =
  '<!doctype html><meta charset="utf-8"><title>Sigill</title><meta http-equiv="refresh" content="0;url=/">';

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
