import { html, type TemplateResult } from 'lit';
import type { News } from '../news.js';

/** Stays in the page, so that what comes into it is read out. */
export function news(told: News): TemplateResult {
  return html`<div class="hidden" role="status" id="news">
    ${told.map((parts) => html`<p>${parts.map((part) => html`<span>${part}</span> `)}</p>`)}
  </div>`;
}
