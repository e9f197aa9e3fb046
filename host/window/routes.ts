import type { Disposable } from '@sigill/core';
import type { Readable } from 'node:stream';
import type { EventStream } from './event-stream.js';

/** A request that was let in. */
export interface Asked {
  /** What the route's pattern found in the path. */
  readonly found: RegExpExecArray;
  /** The body; of the route's own from here on. */
  readonly body: Uint8Array;
  /** The `Range` header field. */
  readonly range?: string | undefined;
}

/** A document that comes in. */
export interface Coming {
  readonly found: RegExpExecArray;
  /** Who destroys it ends the taking, and can still answer. */
  readonly body: Readable;
  /** Bytes, as far as the other end tells. */
  readonly told: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Runs when the answer is on its way, or the other end is gone. */
  sent?(): void;
}

/** An address that is answered once for each request. */
export interface AnswerRoute {
  readonly kind: 'answer';
  readonly method: 'GET' | 'POST';
  /** Matches a whole path, as it stands in the request. */
  readonly path: RegExp;
  /** For `POST`: the one type that the body may have, and its most bytes. */
  readonly body?: { readonly type: string; readonly most: number };
  answer(asked: Asked): Answer | Promise<Answer>;
}

/** An address that goes on telling. */
export interface StreamRoute {
  readonly kind: 'stream';
  readonly path: RegExp;
  /** What is given back is disposed when the page goes. */
  open(stream: EventStream): Disposable;
}

/** An address that takes in bytes of any number, by `POST`. */
export interface UploadRoute {
  readonly kind: 'upload';
  readonly path: RegExp;
  /** The one type that the body may have. */
  readonly type: string;
  take(coming: Coming): Promise<Answer>;
}

export type Route = AnswerRoute | StreamRoute | UploadRoute;
