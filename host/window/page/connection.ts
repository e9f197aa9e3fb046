import { requestPath, viewStream, type WindowRequest } from '../requests.js';
import type { WindowView } from '../view/window-view.js';

/** What the page hears from the host. */
export interface Listener {
  seen(view: WindowView): void;
  /** False while the host cannot be reached. */
  connected(is: boolean): void;
  /** A sentence for the person; nothing when the host could not be reached. */
  refused(message: string | undefined): void;
}

/** Milliseconds until a connection that the browser gave up is opened anew. */
const pause = 2_000;

/** Hears views for as long as the page lives, and carries requests to the host. */
export class Connection {
  readonly #listener: Listener;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#open();
  }

  async send(request: WindowRequest): Promise<void> {
    try {
      const answer = await fetch(requestPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      if (!answer.ok) this.#listener.refused(messageOf(await answer.text()));
    } catch {
      this.#listener.refused(undefined);
    }
  }

  #open(): void {
    const source = new EventSource(viewStream);
    source.addEventListener('open', () => this.#listener.connected(true));
    source.addEventListener('message', ({ data }) => this.#listener.seen(JSON.parse(String(data)) as WindowView));
    source.addEventListener('error', () => {
      this.#listener.connected(false);
      // The browser tries again by itself after a lost connection, but not after an answer such as 500.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#open(), pause);
    });
  }
}

function messageOf(answer: string): string | undefined {
  try {
    const { message } = JSON.parse(answer) as { message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
