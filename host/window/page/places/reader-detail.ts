import { html, type TemplateResult } from 'lit';
import type { ReaderView } from '../../view/reader-view.js';
import { actionRow } from '../parts/button.js';
import { cardIntoReader } from '../parts/drawings.js';
import type { Scene } from '../scene.js';
import { cardDetail } from './card-detail.js';
import { emptyState } from './empty-state.js';
import { unknownCard } from './unknown-card.js';

/** A reader: its card, or what to do to get one. */
export function readerDetail(scene: Scene, reader: ReaderView): TemplateResult {
  const { word } = scene;
  if (reader.card !== undefined) return cardDetail(scene, reader, reader.card);
  if (reader.icon === 'unrecognised') return unknownCard(scene, reader);
  if (reader.icon === 'reading') {
    return html`<section class="empty">
      <span class="busy" aria-hidden="true"><i></i><i></i><i></i></span>
      <h2 data-news>${word('page.reading.title')}</h2>
      <p>${word('page.reading.text')}</p>
    </section>`;
  }
  const lines = reader.advice.length > 0 ? reader.advice : [word('page.empty.card.text')];
  // The host's advice may be the very sentence of the heading.
  const title = word('page.empty.card.title');
  const others = lines.filter((line) => line.replace(/\.$/, '') !== title);
  return emptyState(cardIntoReader(), title, others, actionRow(scene, reader.actions));
}
