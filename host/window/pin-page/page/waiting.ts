import type { PinPageView } from '../view.js';
import { button, element } from './element.js';
import { more } from './host.js';

const minute = 60_000;
/** Milliseconds between two tellings that the person is there. */
const pace = 15_000;

/** Tells the host while the person types, and the person when the time is nearly over. */
export function watchTime({ patience, words }: PinPageView, warning: HTMLElement): { stop(): void } {
  let told = 0;
  let timer: number | undefined;
  const warn = (): void => {
    warning.replaceChildren(
      element('span', {}, words['time.soon'] ?? ''),
      button(words['time.keep'] ?? '', 'plain', stay),
    );
  };
  function stay(): void {
    const now = Date.now();
    const warned = warning.hasChildNodes();
    if (!warned && now - told < Math.min(pace, patience / 4)) return;
    told = now;
    warning.replaceChildren();
    void more();
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(patience - minute, patience / 2));
  }
  const signs = ['keydown', 'pointerdown', 'input'];
  for (const sign of signs) document.addEventListener(sign, stay);
  stay();
  return {
    stop() {
      clearTimeout(timer);
      for (const sign of signs) document.removeEventListener(sign, stay);
    },
  };
}
