import type { ServerResponse } from 'node:http';

/**
 * Server-sent events (HTML §9.2) to one page. To a slow page only the newest is kept, so that what waits never grows; one that
 * takes nothing from one sign of life to the next but one is let go.
 */
export class EventStream {
  readonly #response: ServerResponse;
  #waiting: string | undefined;
  #stuck = 0;

  /** Takes over `response`, whose head is not yet sent. */
  constructor(response: ServerResponse, head: Readonly<Record<string, string>>) {
    this.#response = response;
    response.writeHead(200, { ...head, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    response.on('drain', () => this.#drained());
    response.on('error', () => response.destroy());
  }

  /** Shows `data`, a line of text, in place of what still waits. */
  show(data: string, event?: string): void {
    const text = `${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`;
    if (this.#response.writableNeedDrain) this.#waiting = text;
    else this.#response.write(text);
  }

  /** A sign of life, which no page sees. */
  beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(':\n\n');
    else if (++this.#stuck > 1) this.#response.destroy();
  }

  end(): void {
    this.#response.end();
  }

  #drained(): void {
    this.#stuck = 0;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.#response.write(waiting);
  }
}
