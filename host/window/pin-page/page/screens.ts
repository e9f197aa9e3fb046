import type { PinPageView } from '../view.js';
import { button, element } from './element.js';
import { drawFacts, drawTries } from './facts.js';

/** The page before the last tries: what happens at zero, and a yes. */
export function drawLastTries(view: PinPageView, yes: () => void, cancel: () => void): readonly HTMLElement[] {
  const { lastTries, words } = view;
  return [
    element('h1', { class: 'danger' }, lastTries?.title ?? ''),
    ...drawTries(view),
    ...(lastTries?.lines ?? []).map((line) => element('p', { class: 'last' }, line)),
    drawFacts(view),
    twoButtons(button(words['cancel'] ?? '', 'secondary', cancel), button(words['last.yes'] ?? '', 'primary', yes)),
  ];
}

/** The digits are typed on the reader: nothing to type here, only to cancel. */
export function drawReader(view: PinPageView, cancel: () => void): readonly HTMLElement[] {
  const { title, words } = view;
  return [
    element('h1', {}, title),
    element('p', { class: 'reader', role: 'status' }, words['reader'] ?? ''),
    drawFacts(view),
    ...drawTries(view),
    twoButtons(button(words['cancel'] ?? '', 'secondary', cancel)),
  ];
}

/** The last thing that the page says. */
export function drawEnd({ title, words }: PinPageView, word: string): readonly HTMLElement[] {
  return [element('h1', {}, title), element('p', { class: 'end', role: 'status' }, words[word] ?? '')];
}

function twoButtons(...buttons: readonly HTMLButtonElement[]): HTMLElement {
  return element('div', { class: 'buttons' }, ...buttons);
}
