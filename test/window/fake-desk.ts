import { Failure } from '@sigill/core';
import { BehaviorSubject } from 'rxjs';
import type { Desk } from '../../host/window/desk.js';
import type { WindowRequest } from '../../host/window/requests.js';
import type { WindowView } from '../../host/window/view.js';

/** A window with nothing in it. */
export const emptyView: WindowView = {
  language: 'en',
  languages: [],
  words: {},
  readers: [],
  activities: [],
  plugins: [],
  panels: [],
  settings: [],
  about: [],
};

/** A desk that notes what is asked of it. */
export class FakeDesk implements Desk {
  readonly view = new BehaviorSubject<WindowView>(emptyView);
  readonly asked: WindowRequest[] = [];
  readonly certificates: (readonly [card: string, id: string])[] = [];
  name = 'Anna Virtanen';

  request(request: WindowRequest): Promise<void> {
    this.asked.push(request);
    return request.kind === 'details'
      ? Promise.reject(new Failure('card-removed', { reader: 'Fake reader' }))
      : Promise.resolve();
  }

  async certificate(card: string, id: string) {
    this.certificates.push([card, id]);
    if (id !== '45') throw new Failure('certificate-unknown', { id });
    return { der: Uint8Array.from({ length: 100 }, (_, at) => at), name: this.name };
  }

  /** Shows a view that differs from others by one row. */
  tell(value: string): void {
    this.view.next({ ...emptyView, about: [{ name: 'told', value }] });
  }
}
