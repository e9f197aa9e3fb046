import { createECDH, type ECDH, hkdfSync } from 'node:crypto';

/** Bytes under a seal: always as many, whatever was typed. */
export const sealedLength = 256;

/** Bytes of the page's key before them (SEC 1 §2.3.3, uncompressed P-256). */
export const keyLength = 65;

/** What a seal is made for: one for the page opens nothing from the command line. */
export type SealUse = 'sigill pin page' | 'sigill command line';

/**
 * The seal of one question. The other side and the host agree on a key stream (ECDH P-256, HKDF-SHA-256), under which the digits cross the
 * socket: the buffers of kernel, HTTP parser and browser's network process, which nobody can wipe, never hold them in the clear.
 */
export class Seal {
  readonly #own: ECDH = createECDH('prime256v1');
  readonly #public: Buffer;
  readonly #use: SealUse;

  constructor(use: SealUse = 'sigill pin page') {
    this.#public = this.#own.generateKeys();
    this.#use = use;
  }

  /** The host's public key in hex. */
  get key(): string {
    return this.#public.toString('hex');
  }

  /** Opens an answer in place and gives its part of `body`; `undefined` when it is none. The caller wipes it. */
  open(body: Uint8Array): Uint8Array | undefined {
    if (body.length !== keyLength + sealedLength) return undefined;
    const theirs = body.subarray(0, keyLength);
    const stream = keyStream(this.#own, theirs, Buffer.concat([this.#public, theirs]), this.#use);
    if (stream === undefined) return undefined;
    const sealed = body.subarray(keyLength);
    stream.forEach((byte, at) => (sealed[at] = (sealed[at] ?? 0) ^ byte));
    stream.fill(0);
    return sealed;
  }
}

/**
 * Seals `bytes`, at most 255 of them, for who has the host's `key`: a key of our own, made for this one time, then a length byte and the
 * bytes under the key stream. `bytes` stay the caller's.
 */
export function sealed(key: string, use: SealUse, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= sealedLength) throw new RangeError(`${bytes.length} bytes do not fit under a seal`);
  const theirs = Buffer.from(key, 'hex');
  const own = createECDH('prime256v1');
  const ours = own.generateKeys();
  const stream = keyStream(own, theirs, Buffer.concat([theirs, ours]), use);
  if (stream === undefined) throw new Error('The key of the other side is none');
  stream[0] = (stream[0] ?? 0) ^ bytes.length;
  bytes.forEach((byte, at) => (stream[at + 1] = (stream[at + 1] ?? 0) ^ byte));
  const answer = new Uint8Array(keyLength + sealedLength);
  answer.set(ours);
  answer.set(stream, keyLength);
  return answer;
}

/** `salt` is the host's key and the other side's, in this order. `undefined` when `theirs` is no point of the curve. */
function keyStream(own: ECDH, theirs: Uint8Array, salt: Uint8Array, use: SealUse): Uint8Array | undefined {
  let shared: Buffer;
  try {
    shared = own.computeSecret(theirs);
  } catch {
    return undefined;
  }
  const stream = hkdfSync('sha256', shared, salt, use, sealedLength);
  shared.fill(0);
  return new Uint8Array(stream);
}
