import { html, type TemplateResult } from 'lit';
import type { CardView } from '../../view/reader-view.js';
import { certificateRow } from '../parts/certificate-row.js';
import { icon } from '../parts/icon.js';
import type { Scene } from '../scene.js';

/** The CA certificates of a card; asked for when the person comes here. */
export function certificateList(scene: Scene, { id, caCertificates }: CardView): TemplateResult {
  const rows = caCertificates?.map((one) => certificateRow(scene, `ca:${id}:${one.id}`, one));
  return list(scene, 'page.ca', 'page.ca.none', id, rows);
}

/** The keys of a card; asked for when the person comes here. */
export function keyList(scene: Scene, { id, keys }: CardView): TemplateResult {
  const rows = keys?.map(
    ({ id: key, label }) =>
      html`<li>
        <button
          type="button"
          class="row-button"
          data-focus=${`key:${id}:${key}`}
          @click=${() => scene.select(`key:${id}:${key}`)}
        >
          ${icon('key')}<span><strong>${label}</strong></span
          >${icon('chevron-right')}
        </button>
      </li>`,
  );
  return list(scene, 'page.keys', 'page.keys.none', id, rows);
}

function list(
  scene: Scene,
  title: string,
  none: string,
  card: string,
  rows: readonly TemplateResult[] | undefined,
): TemplateResult {
  return html`<article>
    <h2>${scene.word(title)}</h2>
    ${
      rows === undefined
        ? fetching(scene, card)
        : rows.length === 0
          ? html`<p>${scene.word(none)}</p>`
          : html`<ul class="rows">
              ${rows}
            </ul>`
    }
  </article>`;
}

/** Reading takes a while on a slow card: the words say so. */
function fetching(scene: Scene, card: string): TemplateResult {
  scene.ask(card);
  return html`<p class="quiet" data-news>${scene.word('page.fetching')}</p>`;
}
