import type { PinPageView } from '../view.js';
import { element } from './element.js';

/** The steps of an activation as a list. */
export interface Rail {
  readonly root: HTMLElement;
  /** Marks the step that field `at` belongs to; the last one when there is none. */
  mark(at: number | undefined): void;
}

export function drawRail({ steps, words }: PinPageView): Rail {
  const items = steps.map(({ label }, at) =>
    element('li', {}, element('span', { class: 'number', 'aria-hidden': 'true' }, `${at + 1}`), label),
  );
  return {
    root: element('nav', { class: 'rail', 'aria-label': words['steps.label'] ?? '' }, element('ol', {}, ...items)),
    mark(at) {
      const found = at === undefined ? -1 : steps.findIndex(({ fields }) => fields.includes(at));
      const now = found < 0 ? items.length - 1 : found;
      items.forEach((item, index) => {
        item.classList.toggle('past', index < now);
        if (index === now) item.setAttribute('aria-current', 'step');
        else item.removeAttribute('aria-current');
      });
    },
  };
}
