import { inspect } from 'node:util';

const hidden = '(secret)';

/**
 * Bytes of a PIN, PUK or activation code: lent for a moment, wiped after use, never printed.
 * Never a string, because a string cannot be wiped.
 */
export class Secret {
  readonly #bytes: Uint8Array;
  #wiped = false;

  /** Takes over `bytes`: the caller must not keep them. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes, which for digits is digits; 0 once wiped. */
  get length(): number {
    return this.#wiped ? 0 : this.#bytes.length;
  }

  get wiped(): boolean {
    return this.#wiped;
  }

  /** True when every byte is an ASCII digit; an empty secret is not. */
  get allDigits(): boolean {
    return this.length > 0 && this.#bytes.every((byte) => byte >= 0x30 && byte <= 0x39);
  }

  /** True when both hold the same bytes; a wiped secret equals nothing. Looks at every byte, whatever differs. */
  equals(other: Secret): boolean {
    if (this.#wiped || other.#wiped || this.#bytes.length !== other.#bytes.length) return false;
    let difference = 0;
    this.#bytes.forEach((byte, at) => (difference |= byte ^ (other.#bytes[at] ?? 0)));
    return difference === 0;
  }

  /** Lends the bytes for the length of `use`, which must not keep them. A wiped secret is a bug: its zeros would cost a try. */
  lend<T>(use: (bytes: Uint8Array) => T): T {
    if (this.#wiped) throw new Error('A secret was used after it was wiped');
    return use(this.#bytes);
  }

  /** Lends the bytes once and wipes them, however `use` ends. */
  async spend<T>(use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
    try {
      return await this.lend(use);
    } finally {
      this.wipe();
    }
  }

  /** Overwrites the bytes. Idempotent. */
  wipe(): void {
    this.#wiped = true;
    this.#bytes.fill(0);
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

/** Wipes every secret of a form. */
export function wipeAll(secrets: ReadonlyMap<string, Secret>): void {
  for (const secret of secrets.values()) secret.wipe();
}
