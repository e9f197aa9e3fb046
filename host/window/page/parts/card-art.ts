import { html, nothing, type TemplateResult } from 'lit';
import type { CardView } from '../../view/reader-view.js';

/** The card as it lies on the table: chip, kind, holder, number. */
export function cardArt({ title, holder, serial }: CardView): TemplateResult {
  return html`<div class="card-art" aria-hidden="true">
    <span class="chip"></span>
    <span class="kind">${title}</span>
    ${holder === undefined ? nothing : html`<span class="holder">${holder}</span>`}
    ${serial === undefined ? nothing : html`<span class="number">${serial}</span>`}
  </div>`;
}
