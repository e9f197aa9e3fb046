import type { WindowRequest } from '../../host/window/requests.js';
import type { WindowView } from '../../host/window/view/window-view.js';
import { type EventReader, OriginClient } from '../window/origin-client.js';
import type { Home } from './sigill.js';

/** The window of the Sigill that runs in a home, without a browser: what it shows, and what a person does in it. */
export class RunningWindow {
  readonly #client: OriginClient;
  readonly #views: EventReader;

  private constructor(client: OriginClient, views: EventReader) {
    this.#client = client;
    this.#views = views;
  }

  static async open(home: Home): Promise<RunningWindow> {
    const { output } = await home.sigill(['window', '--print']);
    const client = new OriginClient(output.trim());
    await client.enter();
    return new RunningWindow(client, await client.stream('/api/view'));
  }

  /** The next view in which `find` finds something, and that. */
  async shows<T>(find: (view: WindowView) => T | undefined): Promise<T> {
    for (;;) {
      const event = await this.#views.next();
      const found = find(JSON.parse(event.slice(event.indexOf(' '))) as WindowView);
      if (found !== undefined) return found;
    }
  }

  /** Does what a click does; gives what was answered when it was refused. */
  async ask(request: WindowRequest): Promise<string> {
    const { status, body } = await this.#client.post('/api/request', 'application/json', JSON.stringify(request));
    return status < 300 ? '' : body;
  }

  close(): void {
    this.#views.close();
  }
}
