import type { PinPageView } from '../view.js';
import { element } from './element.js';

/** Who asks, for what, and the one rule to remember. */
export function drawFacts({ facts, words }: PinPageView): HTMLElement {
  const rows = facts.map(({ name, value }) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element(
    'section',
    { class: 'facts' },
    element('dl', {}, ...rows),
    element('p', { class: 'never' }, words['never'] ?? ''),
  );
}

/** Tries left as dots, which are for the eye alone, and in words. */
export function drawTries({ tries: { text, left, max } }: PinPageView): HTMLElement {
  const line = element('p', { class: left !== undefined && left <= 2 ? 'tries few' : 'tries' });
  if (left !== undefined && max !== undefined && max <= 10) {
    const dots = '●'.repeat(left) + '○'.repeat(Math.max(0, max - left));
    line.append(element('span', { class: 'dots', 'aria-hidden': 'true' }, dots), ' ');
  }
  line.append(text);
  return line;
}
