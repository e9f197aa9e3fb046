import { Failure } from '@sigill/core';
import { BehaviorSubject } from 'rxjs';
import type { Desk, PageDocuments, PageJournal } from '../../host/window/desk.js';
import type { WindowRequest } from '../../host/window/requests.js';
import type { WindowView } from '../../host/window/view/window-view.js';

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

/** What the document `known` holds. */
export const held = Uint8Array.from({ length: 1_000 }, (_, at) => at % 251);

/** A desk that notes what is asked of it. */
export class FakeDesk implements Desk {
  readonly view = new BehaviorSubject<WindowView>(emptyView);
  readonly asked: WindowRequest[] = [];
  readonly certificates: (readonly [card: string, id: string])[] = [];
  name = 'Anna Virtanen';
  /** Documents as they arrived: panel, name and bytes. */
  readonly arrived: (readonly [panel: string, name: string, bytes: number])[] = [];
  /** Bytes of documents on their way, as they come. */
  readonly coming = new BehaviorSubject(0);
  readonly documents: PageDocuments = {
    receive: async (panel, name, bytes, limit) => {
      let size = 0;
      for await (const chunk of bytes) {
        size += (chunk as Uint8Array).length;
        this.coming.next(size);
        if (size > limit) throw new Failure('file-unreadable', { path: name, why: 'too large' });
      }
      this.arrived.push([panel, name, size]);
    },
    piece: async (id, offset, length) => {
      if (id !== 'known') throw new Failure('document-unknown', {});
      return { bytes: held.subarray(offset, offset + length), size: held.length };
    },
  };
  readonly journal: PageJournal = {
    view: () => ({ sound: true, verdict: 'as written', last: '0', shown: '', rows: [] }),
    file: () => new TextEncoder().encode('{"number":1}\n'),
  };

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
