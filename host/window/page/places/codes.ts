import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { button } from '../parts/button.js';
import { cardIntoReader } from '../parts/drawings.js';
import { icon } from '../parts/icon.js';
import { pinCards } from '../parts/pin-card.js';
import type { Scene } from '../scene.js';
import { emptyState } from './empty-state.js';

/** Every code of every card in every reader, in one list. */
export function codes(scene: Scene): TemplateResult {
  const { word } = scene;
  const readers = scene.view.readers.filter(({ card }) => (card?.pins.length ?? 0) > 0);
  return html`<h1>${word('page.codes')}</h1>
    <p class="lead">${word('page.codes.lead')}</p>
    ${
      readers.length === 0
        ? emptyState(cardIntoReader(), word('page.codes.none.title'), [word('page.empty.card.title')])
        : repeat(
            readers,
            ({ name }) => name,
            ({ name, card, icon: state }) =>
              html`<section class="reader-codes">
                <header>
                  ${icon('card')}
                  <div>
                    <h2>${card?.holder ?? card?.title}</h2>
                    <p class="quiet">${name}</p>
                  </div>
                </header>
                ${
                  state === 'activation'
                    ? html`<div class="actions">
                        ${button(word('page.activation.open'), 'first', () => scene.go(`activation:${name}`))}
                      </div>`
                    : nothing
                }
                <div class="grid">${pinCards(scene, card?.pins ?? [])}</div>
              </section>`,
          )
    }`;
}
