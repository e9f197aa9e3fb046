import { randomUUID } from 'node:crypto';
import { mostBytes, Failure } from '@sigill/core';

/** Bytes that may be too many for one message: the first of them, and the name under which the rest is fetched. */
export interface Parcel {
  /** All of them. */
  readonly size: number;
  readonly first: Uint8Array;
  /** Absent when `first` is all. */
  readonly rest?: string;
}

/** Bytes that wait to be fetched; older ones go. */
const most = 64 * 1_048_576;

/** What one plugin has not fetched yet of answers that were too long for a message. */
export class Parcels {
  readonly #waiting = new Map<string, Uint8Array>();

  send(bytes: Uint8Array): Parcel {
    const first = bytes.subarray(0, mostBytes);
    if (bytes.length <= mostBytes) return { size: bytes.length, first };
    const rest = randomUUID();
    this.#waiting.set(rest, bytes);
    let held = [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [id, { length }] of this.#waiting) {
      if (held <= most) break;
      this.#waiting.delete(id);
      held -= length;
    }
    return { size: bytes.length, first, rest };
  }

  /** A piece; what was fetched to its end is forgotten. Fails with `call-invalid`. */
  fetch(id: string, offset: number): Uint8Array {
    const bytes = this.#waiting.get(id);
    if (!bytes || offset >= bytes.length)
      throw new Failure('call-invalid', { call: 'parcels.fetch', why: 'it is gone' });
    if (offset + mostBytes >= bytes.length) this.#waiting.delete(id);
    return bytes.subarray(offset, offset + mostBytes);
  }
}

/** Puts a parcel together. */
export async function unpack(
  { size, first, rest }: Parcel,
  fetch: (id: string, offset: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (rest === undefined) return first;
  const bytes = new Uint8Array(size);
  bytes.set(first);
  for (let at = first.length; at < size;) {
    const piece = await fetch(rest, at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
