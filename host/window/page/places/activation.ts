import { html, nothing, type TemplateResult } from 'lit';
import type { ActivityView } from '../../view/activity-view.js';
import type { ReaderView } from '../../view/reader-view.js';
import { progress } from '../parts/activities.js';
import { button, run } from '../parts/button.js';
import { cardIntoReader } from '../parts/drawings.js';
import { pinPageButton } from '../parts/pin-page-button.js';
import { tries } from '../parts/tries.js';
import type { Scene } from '../scene.js';
import { asked, codeStates, ownCodes, stepRail } from './activation-parts.js';
import { emptyState } from './empty-state.js';

/** The way from the letter to a card that is ready; which step it is at follows from what is. */
export function activation(scene: Scene, name: string): TemplateResult {
  const reader = scene.view.readers.find((one) => one.name === name);
  const activity = scene.view.activities.findLast((one) => one.reader === name);
  return html`<div class="walk">
    <h1>${scene.word('page.activation')}</h1>
    ${step(scene, reader, activity)}
  </div>`;
}

function step(scene: Scene, reader: ReaderView | undefined, activity: ActivityView | undefined): TemplateResult {
  const underWay = activity?.state === 'waiting' || activity?.state === 'running';
  if (reader?.card === undefined && reader?.icon !== 'reading') return gone(scene, activity);
  if (underWay) return working(scene, reader, activity);
  if (reader?.icon === 'reading') return readingAgain(scene);
  if (reader?.card === undefined) return gone(scene, activity);
  const pins = ownCodes(reader);
  if (pins.length > 0 && pins.every(({ state }) => state !== 'not-set')) return done(scene, reader, activity);
  return begin(scene, reader, activity);
}

/** Before anything is asked, or when a part is still missing. */
function begin(scene: Scene, reader: ReaderView, activity: ActivityView | undefined): TemplateResult {
  const { word } = scene;
  const action = reader.actions.find(({ command }) => command.startsWith('activation.'));
  const half = ownCodes(reader).some(({ state }) => state !== 'not-set');
  return html`${stepRail(scene, reader, 'letter')}
    <h2 class="big" data-news>${word(half ? 'page.activation.part.title' : 'page.activation.title')}</h2>
    <p class="lead">${word(half ? 'page.activation.part.text' : 'page.activation.lead')}</p>
    ${activity === undefined ? nothing : said(activity)} ${lastTries(reader)}
    ${half ? codeStates(scene, reader) : nothing} ${asked(scene, reader)}
    ${reader.advice.map((line) => html`<p class="note">${line}</p>`)}
    <div class="actions">
      ${
        action === undefined || action.why !== undefined
          ? html`<p class="why">${action?.why ?? word('page.activation.not-here')}</p>`
          : button(word(half ? 'page.activation.again' : 'page.activation.start'), 'first', () => run(scene, action))
      }
    </div>`;
}

/** Before anything is typed: what is lost with the last tries of the code in the letter. */
function lastTries({ activationCode }: ReaderView): TemplateResult | typeof nothing {
  if (activationCode?.warning === undefined) return nothing;
  return html`<wa-callout variant="danger" class="last-tries">
    ${tries(activationCode)}
    <p data-news>${activationCode.warning}</p>
  </wa-callout>`;
}

function working(scene: Scene, reader: ReaderView | undefined, activity: ActivityView): TemplateResult {
  const { word } = scene;
  return html`${stepRail(scene, reader, 'codes')}
    <section class="middle">
      <span class="busy" aria-hidden="true"><i></i><i></i><i></i></span>
      <h2 class="big" data-news>${word(`page.activation.${activity.state}.title`)}</h2>
      <p class="lead">${word(`page.activation.${activity.state}.text`)}</p>
      ${activity.state === 'waiting' ? nothing : activity.lines.map((line) => html`<p>${line}</p>`)}
      ${progress(activity)}
      <div class="actions">
        ${activity.pinPage === undefined ? nothing : pinPageButton(scene, activity.pinPage)}
        ${
          activity.cancellable
            ? button(word('page.cancel'), 'plain', () => scene.send({ kind: 'cancel', activity: activity.id }))
            : nothing
        }
      </div>
    </section>`;
}

function done(scene: Scene, reader: ReaderView, activity: ActivityView | undefined): TemplateResult {
  const { word } = scene;
  return html`${stepRail(scene, reader, 'done')}
    <section class="finished">
      <h2 class="big" data-news>${word('page.activation.done.title')}</h2>
      ${codeStates(scene, reader)} ${activity?.state === 'done' ? said(activity) : nothing}
      <div class="actions">${button(word('page.activation.show'), 'first', () => scene.go('devices'))}</div>
    </section>`;
}

/** A question that is still open for a card that is gone can be put away; a card that is done need not come back. */
function gone(scene: Scene, activity: ActivityView | undefined): TemplateResult {
  const { word } = scene;
  if (activity?.state === 'done')
    return html`<div aria-live="polite">
      ${emptyState(cardIntoReader(), word('page.activation.done.title'), [], said(activity))}
    </div>`;
  const more =
    activity === undefined
      ? nothing
      : activity.cancellable
        ? button(word('page.cancel'), 'plain', () => scene.send({ kind: 'cancel', activity: activity.id }))
        : said(activity);
  return emptyState(cardIntoReader(), word('page.activation.gone.title'), [word('page.activation.gone.text')], more);
}

function readingAgain({ word }: Scene): TemplateResult {
  return html`<section class="empty">
    <span class="busy" aria-hidden="true"><i></i><i></i><i></i></span>
    <h2 data-news>${word('page.reading.title')}</h2>
    <p>${word('page.reading.text')}</p>
  </section>`;
}

/** What the activity itself told. */
function said({ state, lines }: ActivityView): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return html`<wa-callout variant=${state === 'failed' ? 'danger' : 'success'}>
    ${lines.map((line) => html`<p data-news>${line}</p>`)}
  </wa-callout>`;
}
