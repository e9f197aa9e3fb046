import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Tokens that can wait at the same time; the oldest is forgotten for a newer one. */
const mostWaiting = 16;

interface Waiting {
  readonly digest: Buffer;
  readonly until: number;
}

/** Tokens of 256 bits, each good for one use within its time. Only their SHA-256 is kept. */
export class OneTimeTokens {
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new token, good for `lifetime` milliseconds. */
  issue(lifetime: number): string {
    const token = randomBytes(32).toString('base64url');
    this.#waiting.push({ digest: digestOf(token), until: this.#now() + lifetime });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    return token;
  }

  /** True once for each token in its time. Looks at every waiting one, whichever fits. */
  redeem(token: string): boolean {
    const digest = digestOf(token);
    let found: Waiting | undefined;
    for (const waiting of this.#waiting) if (timingSafeEqual(waiting.digest, digest)) found = waiting;
    if (found === undefined) return false;
    this.#waiting.splice(this.#waiting.indexOf(found), 1);
    return this.#now() < found.until;
  }
}

/** SHA-256, which makes every secret as long as every other, as `timingSafeEqual` wants it. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
