import { html, nothing, type TemplateResult } from 'lit';
import type { PinView } from '../../view/reader-view.js';

type Tries = Pick<PinView, 'tries' | 'triesLeft' | 'triesMax'>;

/** Tries as dots and as words; the words alone where the card tells no number. */
export function tries({ tries: words, triesLeft, triesMax }: Tries): TemplateResult {
  return html`<p class="tries ${toneOf(triesLeft)}">${dots(triesLeft, triesMax)}<span>${words}</span></p>`;
}

/** The dots alone, for places with little room; whoever shows them says the words elsewhere. */
export function dots(left: number | undefined, max: number | undefined): TemplateResult | typeof nothing {
  if (left === undefined || max === undefined || max > 15) return nothing;
  return html`<span class="dots" aria-hidden="true"
    >${Array.from({ length: max }, (_, index) => html`<i class=${index < left ? 'left' : 'spent'}></i>`)}</span
  >`;
}

function toneOf(left: number | undefined): string {
  if (left === undefined || left > 2) return '';
  return left === 0 ? 'bad' : 'warning';
}
