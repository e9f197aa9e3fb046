import type { Application } from './application.js';
import type { WireReader } from './wire-reader.js';
import type { WireWriter } from './wire-writer.js';

/** Writes the answer of a call, by its signature; undefined for one without. */
export type Answer = ((writer: WireWriter) => unknown) | undefined;

/** A PKCS #11 function: reads its arguments, by the signature of the call, and gives its answer. Fails with a `Refusal`, or a `Failure`. */
export type Pkcs11Function = (application: Application, request: WireReader) => Answer | Promise<Answer>;

export type Functions = Readonly<Record<string, Pkcs11Function>>;

/** `ay` for a caller with `room` bytes: the bytes, or how many there are. */
export function bytesFor(room: number | undefined, bytes: Uint8Array): Answer {
  return (writer) => {
    if (room === undefined || bytes.length > room) writer.lengthOnly(bytes.length);
    else writer.bytes(bytes);
  };
}

/** `au` likewise. */
export function ulongsFor(room: number | undefined, values: readonly number[]): Answer {
  return (writer) => {
    if (room === undefined || values.length > room) writer.lengthOnly(values.length);
    else writer.ulongs(values);
  };
}
