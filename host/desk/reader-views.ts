import type { CardDetails, Reader } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import type { ReaderView } from '../window/view/reader-view.js';
import type { Offered } from './action.js';
import type { DeskState } from './desk-state.js';
import { readerView } from './reader-view.js';

interface Drawn {
  readonly key: string;
  readonly details: CardDetails | undefined;
  readonly view: ReaderView;
}

/** Draws readers, and remembers each while nothing of it has changed: with a hundred of them one event costs one drawing. */
export class ReaderViews {
  readonly #drawn = new WeakMap<Reader, Drawn>();

  views({ readers, details, now, language, about }: DeskState, texts: Texts, offered: Offered): readonly ReaderView[] {
    const today = now.toISOString().slice(0, 10);
    const key = `${language} ${today} ${offered.signature}`;
    return readers.map((reader) => {
      const known = reader.card && details.get(reader.card.id);
      const before = this.#drawn.get(reader);
      if (before?.key === key && before.details === known) return before.view;
      const program = { sigill: about.version, node: about.node, system: about.system };
      const view = readerView(reader, { texts, offered, now, details: known, program });
      this.#drawn.set(reader, { key, details: known, view });
      return view;
    });
  }
}
