import type { Disposable } from '@sigill/core';
import type { EventStream } from './event-stream.js';
import { heartbeat, mostStreams } from './limits.js';
import type { Session } from './sessions.js';

/** The open event streams of an origin, so many and no more. */
export class Streams implements Disposable {
  readonly #open = new Map<EventStream, Session>();
  #beat: NodeJS.Timeout | undefined;

  /** True when `session` may open one more. */
  room(session: Session): boolean {
    const own = [...this.#open.values()].filter((each) => each === session).length;
    return own < mostStreams.session && this.#open.size < mostStreams.all;
  }

  /** Keeps `stream` until what is given back is disposed. */
  add(session: Session, stream: EventStream): Disposable {
    this.#open.set(stream, session);
    this.#beat ??= setInterval(() => this.#open.forEach((_, each) => each.beat()), heartbeat).unref();
    return { dispose: () => void this.#open.delete(stream) };
  }

  dispose(): void {
    clearInterval(this.#beat);
    for (const stream of this.#open.keys()) stream.end();
  }
}
