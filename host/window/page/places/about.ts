import { html, type TemplateResult } from 'lit';
import { button } from '../parts/button.js';
import { facts } from '../parts/facts.js';
import type { Scene } from '../scene.js';

/** Versions, and where things lie. */
export function about({ word, view, go }: Scene): TemplateResult {
  return html`<div class="about">
    <span class="chip huge" aria-hidden="true"></span>
    <h1>Sigill</h1>
    <p class="lead">${word('page.about.lead')}</p>
    ${facts(view.about)}
    <h2>${word('page.journal')}</h2>
    <p>${word('page.journal.lead')}</p>
    <div class="actions">${button(word('page.journal.open'), 'plain', () => go('journal'))}</div>
  </div>`;
}
