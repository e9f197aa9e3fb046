import type { PinPageView } from '../view.js';
import { element } from './element.js';

/** Who asks, for what, what is signed, and the one rule to remember. */
export function drawFacts({ facts, documents, words }: PinPageView): HTMLElement {
  const rows = facts.map(({ name, value }) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element(
    'section',
    { class: 'facts' },
    element('dl', {}, ...rows),
    ...(documents === undefined ? [] : drawDocuments(documents)),
    element('p', { class: 'never' }, words['never'] ?? ''),
  );
}

/** A few documents are open to the eye at once; many are behind their number. */
function drawDocuments({ title, items, each }: NonNullable<PinPageView['documents']>): readonly HTMLElement[] {
  const rows = items.map(({ name, digest }) => element('li', {}, name, ' ', element('code', {}, digest)));
  const open = items.length <= 3 ? { open: '' } : {};
  const list = element(
    'details',
    { class: 'documents', ...open },
    element('summary', {}, title),
    element('ol', {}, ...rows),
  );
  return each === undefined ? [list] : [list, element('p', { class: 'each' }, each)];
}

/** Tries left as dots, which are for the eye alone, and in words; nothing where there are none. */
export function drawTries({ tries }: PinPageView): readonly HTMLElement[] {
  if (tries === undefined) return [];
  const { text, left, max } = tries;
  const line = element('p', { class: left !== undefined && left <= 2 ? 'tries few' : 'tries' });
  if (left !== undefined && max !== undefined && max <= 10) {
    const dots = '●'.repeat(left) + '○'.repeat(Math.max(0, max - left));
    line.append(element('span', { class: 'dots', 'aria-hidden': 'true' }, dots), ' ');
  }
  line.append(text);
  return [line];
}
