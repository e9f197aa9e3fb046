import { randomBytes, timingSafeEqual } from 'node:crypto';
import { digestOf } from './one-time-tokens.js';

/** Browsers that can be let in at the same time; the oldest has to be let in anew. */
const mostSessions = 16;

/** One browser that was let in. Names it for limits; holds no secret. */
export type Session = object;

/** Who was let in, known by a cookie of 256 bits. Only its SHA-256 is kept. */
export class Sessions {
  readonly #cookie: string;
  readonly #open: { readonly digest: Buffer; readonly session: Session }[] = [];

  /** `cookie` names the cookie: a port's own, because cookies do not know ports (RFC 6265 §8.5). */
  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Lets a browser in: the value of its `Set-Cookie`. */
  begin(): string {
    const secret = randomBytes(32).toString('base64url');
    this.#open.push({ digest: digestOf(secret), session: {} });
    if (this.#open.length > mostSessions) this.#open.shift();
    return `${this.#cookie}=${secret}; SameSite=Strict; HttpOnly; Path=/`;
  }

  /** The session that a `Cookie` header names. */
  find(header: string | undefined): Session | undefined {
    const secret = valueOf(header ?? '', this.#cookie);
    if (secret === undefined) return undefined;
    const digest = digestOf(secret);
    let found: Session | undefined;
    for (const each of this.#open) if (timingSafeEqual(each.digest, digest)) found = each.session;
    return found;
  }
}

function valueOf(header: string, cookie: string): string | undefined {
  const start = `${cookie}=`;
  return header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}
