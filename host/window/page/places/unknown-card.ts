import { html, nothing, type TemplateResult } from 'lit';
import type { ReaderView } from '../../view/reader-view.js';
import { actionRow, button } from '../parts/button.js';
import { strangeCard } from '../parts/drawings.js';
import { icon } from '../parts/icon.js';
import type { Scene } from '../scene.js';

/** A card that was not recognised: what may be done about it, and a report to hand on. */
export function unknownCard(scene: Scene, reader: ReaderView): TemplateResult {
  const { word } = scene;
  return html`<section class="unknown">
    <header class="empty">
      ${strangeCard()}
      <h2 data-news>${word('page.unknown.title')}</h2>
      <p>${word('page.unknown.lead')}</p>
    </header>
    ${
      reader.advice.length === 0
        ? nothing
        : html`<h3>${word('page.unknown.try')}</h3>
            <ul class="advice">
              ${reader.advice.map((line) => html`<li>${line}</li>`)}
            </ul>`
    }
    ${actionRow(scene, reader.actions)} ${reader.report === undefined ? nothing : report(scene, reader.report)}
  </section>`;
}

function report(scene: Scene, text: string): TemplateResult {
  const { word } = scene;
  const done = scene.copied === text;
  return html`<section class="report">
    <h3>${word('page.unknown.report')}</h3>
    <p class="quiet">${word('page.unknown.report.text')}</p>
    <pre tabindex="0">${text}</pre>
    <div class="actions">
      ${button(word('page.unknown.copy'), 'plain', () => scene.copy(text), icon(done ? 'check' : 'copy'))}
      <span role="status">${done ? word('page.unknown.copied') : ''}</span>
    </div>
  </section>`;
}
