import { createECDH, type ECDH, hkdfSync } from 'node:crypto';

/** Bytes of an answer under its seal: always as many, whatever was typed. */
export const sealedLength = 256;

/** Bytes of the page's key before them (SEC 1 §2.3.3, uncompressed P-256). */
export const keyLength = 65;

/**
 * The seal of one question. The page and the host agree on a key stream (ECDH P-256, HKDF-SHA-256), under which the digits cross the
 * socket: the buffers of kernel, HTTP parser and browser's network process, which nobody can wipe, never hold them in the clear.
 */
export class Seal {
  readonly #own: ECDH = createECDH('prime256v1');
  readonly #public: Buffer;

  constructor() {
    this.#public = this.#own.generateKeys();
  }

  /** The host's public key in hex. */
  get key(): string {
    return this.#public.toString('hex');
  }

  /** Opens an answer in place and gives its part of `body`; `undefined` when it is none. The caller wipes it. */
  open(body: Uint8Array): Uint8Array | undefined {
    if (body.length !== keyLength + sealedLength) return undefined;
    const theirs = body.subarray(0, keyLength);
    const stream = this.#stream(theirs);
    if (stream === undefined) return undefined;
    const sealed = body.subarray(keyLength);
    stream.forEach((byte, at) => (sealed[at] = (sealed[at] ?? 0) ^ byte));
    stream.fill(0);
    return sealed;
  }

  #stream(theirs: Uint8Array): Uint8Array | undefined {
    let shared: Buffer;
    try {
      shared = this.#own.computeSecret(theirs);
    } catch {
      // Not a point of the curve.
      return undefined;
    }
    const salt = Buffer.concat([this.#public, theirs]);
    const stream = hkdfSync('sha256', shared, salt, 'sigill pin page', sealedLength);
    shared.fill(0);
    return new Uint8Array(stream);
  }
}
