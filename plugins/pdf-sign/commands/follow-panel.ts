import type { Cards, Disposable, Log, Panels } from '@sigill/core';
import { showPanel } from './panel.js';

/** Shows the panel now and again whenever a card comes or goes. */
export function followPanel(panels: Panels, cards: Cards, log: Log): Disposable {
  let last = '';
  const watch = cards.readers.subscribe((readers) => {
    const now = readers.flatMap(({ card }) => card?.certificates.map(({ sha256 }) => sha256) ?? []).join();
    if (now === last && last !== '') return;
    last = now;
    showPanel(panels, cards).catch((error: unknown) => log.warn(`The panel is not shown: ${String(error)}`));
  });
  return { dispose: () => watch.unsubscribe() };
}
