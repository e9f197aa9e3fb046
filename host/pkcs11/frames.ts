import { steadyBytes } from '@sigill/core/card';
import { CKR } from './constants.js';
import { Refusal } from './refusal.js';

/** One call as it came over the socket. */
export interface Frame {
  /** Number of the call; its answer has the same. */
  readonly serial: number;
  readonly body: Uint8Array;
}

/** Bytes of a message: what a program signs, decrypts or has digested at once. */
export const longestBody = 4 * 1024 * 1024;
const longestOptions = 64 * 1024;
const headerLength = 12;
/** Bytes that a message is given before they are there. */
const firstRoom = 4_096;

/**
 * Puts messages together from what a socket brings (p11-kit/rpc-transport.c): serial number, length of options, length of body, each
 * in 32 bits; then both. Nothing is held for a message before its length was looked at.
 */
export class FrameReader {
  #header = new Uint8Array(headerLength);
  #filled = 0;
  #skip = 0;
  #body: Uint8Array | undefined;
  #length = 0;
  #at = 0;

  /** The messages that `chunk` completes; the chunk is wiped, for a PIN may stand in it. Fails with a `Refusal` for lengths beyond all use. */
  push(chunk: Uint8Array): readonly Frame[] {
    const frames: Frame[] = [];
    try {
      let rest = chunk;
      while (rest.length > 0 || this.#whole) {
        if (this.#whole) {
          frames.push(this.#finish());
          continue;
        }
        rest = rest.subarray(this.#fill(rest));
      }
    } finally {
      chunk.fill(0);
    }
    return frames;
  }

  get #whole(): boolean {
    return this.#body !== undefined && this.#skip === 0 && this.#at === this.#length;
  }

  #fill(bytes: Uint8Array): number {
    if (this.#body === undefined) {
      const part = bytes.subarray(0, headerLength - this.#filled);
      this.#header.set(part, this.#filled);
      this.#filled += part.length;
      if (this.#filled === headerLength) this.#begin();
      return part.length;
    }
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, bytes.length);
      this.#skip -= skipped;
      return skipped;
    }
    const part = bytes.subarray(0, this.#length - this.#at);
    this.#grow(this.#body, this.#at + part.length).set(part, this.#at);
    this.#at += part.length;
    return part.length;
  }

  /** Takes room as the bytes come: a length alone costs nothing. */
  #grow(body: Uint8Array, needed: number): Uint8Array {
    if (needed <= body.length) return body;
    const larger = steadyBytes(Math.min(this.#length, Math.max(needed, 2 * body.length)));
    larger.set(body.subarray(0, this.#at));
    body.fill(0);
    this.#body = larger;
    return larger;
  }

  #begin(): void {
    const view = new DataView(this.#header.buffer);
    const [options, length] = [view.getUint32(4), view.getUint32(8)];
    if (options > longestOptions || length > longestBody || length < 4) {
      throw new Refusal(CKR.DEVICE_ERROR, `a message of ${options} and ${length} bytes`);
    }
    this.#skip = options;
    this.#body = steadyBytes(Math.min(length, firstRoom));
    this.#length = length;
    this.#at = 0;
  }

  #finish(): Frame {
    const serial = new DataView(this.#header.buffer).getUint32(0);
    const body = (this.#body ?? new Uint8Array()).subarray(0, this.#length);
    this.#body = undefined;
    this.#filled = 0;
    return { serial, body };
  }
}

/** A message for the socket. */
export function frame(serial: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerLength + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, serial);
  view.setUint32(8, body.length);
  bytes.set(body, headerLength);
  return bytes;
}
