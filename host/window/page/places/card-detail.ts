import { html, nothing, type TemplateResult } from 'lit';
import type { ActionView } from '../../view/action-view.js';
import type { CardView, ReaderView } from '../../view/reader-view.js';
import { actionRow, button } from '../parts/button.js';
import { cardArt } from '../parts/card-art.js';
import { certificateRow } from '../parts/certificate-row.js';
import { details } from '../parts/facts.js';
import { icon } from '../parts/icon.js';
import { pinCards } from '../parts/pin-card.js';
import { status } from '../parts/status.js';
import type { Scene } from '../scene.js';

/** A card: whose, in what state, its codes and its certificates. */
export function cardDetail(scene: Scene, reader: ReaderView, card: CardView): TemplateResult {
  const { word } = scene;
  return html`<article class="card-detail">
    <header class="hero">
      ${cardArt(card)}
      <div>
        <p class="eyebrow">${card.title}</p>
        <h2>${card.holder ?? card.title}</h2>
        ${
          card.serial === undefined
            ? nothing
            : html`<p class="quiet"><span>${word('page.serial')}</span> <span class="number">${card.serial}</span></p>`
        }
        ${status(reader)}
      </div>
    </header>
    ${advice(scene, reader)} ${card.notes.map((note) => html`<p class="note">${icon('info')}<span>${note}</span></p>`)}
    ${
      card.pins.length === 0
        ? nothing
        : html`<section>
            <h3 class="section">${word('page.codes')}</h3>
            <div class="grid">${pinCards(scene, card.pins)}</div>
          </section>`
    }
    <section>
      <h3 class="section">${word('page.certificates')}</h3>
      ${
        card.certificates.length === 0
          ? html`<p class="quiet">${word('page.certificates.none')}</p>`
          : html`<ul class="rows">
              ${card.certificates.map((one) => certificateRow(scene, `certificate:${card.id}:${one.id}`, one))}
            </ul>`
      }
    </section>
    ${details(scene, card.details)}
  </article>`;
}

/** What to do next. An activation has a place of its own. */
function advice(scene: Scene, reader: ReaderView): TemplateResult | typeof nothing {
  const actions = reader.actions.filter((action) => !isActivation(action));
  const activates = reader.icon === 'activation' && actions.length < reader.actions.length;
  if (reader.advice.length === 0 && reader.actions.length === 0) return nothing;
  return html`<wa-callout class="advice" variant=${tones[reader.icon] ?? 'neutral'}>
    ${reader.advice.map((line) => html`<p>${line}</p>`)}
    ${
      activates
        ? html`<div class="actions">
            ${button(scene.word('page.activation.open'), 'first', () => scene.go(`activation:${reader.name}`))}
          </div>`
        : nothing
    }
    ${actionRow(scene, actions)}
  </wa-callout>`;
}

function isActivation({ command }: ActionView): boolean {
  return command.startsWith('activation.');
}

const tones: Readonly<Partial<Record<ReaderView['icon'], string>>> = {
  activation: 'warning',
  locked: 'danger',
  expiring: 'warning',
  'no-certificate': 'warning',
};
