import { html, type TemplateResult } from 'lit';
import { facts } from '../parts/facts.js';
import type { Scene } from '../scene.js';

/** Versions, and where things lie. */
export function about({ word, view }: Scene): TemplateResult {
  return html`<div class="about">
    <span class="chip huge" aria-hidden="true"></span>
    <h1>Sigill</h1>
    <p class="lead">${word('page.about.lead')}</p>
    ${facts(view.about)}
  </div>`;
}
