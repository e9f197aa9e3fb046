import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ActivityView } from '../../view/activity-view.js';
import type { Scene } from '../scene.js';
import { button } from './button.js';
import { icon } from './icon.js';
import { pinPageButton } from './pin-page-button.js';
import { results } from './results.js';

const drawings = { running: 'state-reading', waiting: 'window', done: 'check', failed: 'warning' } as const;

/** What runs and has run, at the edge of the window; what stands in the middle already is left out. */
export function activities(scene: Scene, refusal: string | undefined, forget: () => void): TemplateResult {
  const shown = scene.view.activities.filter(({ reader }) => `activation:${reader}` !== scene.place);
  return html`<section class="activities" aria-label=${scene.word('page.activities')}>
    <div aria-live="polite">
      ${refusal === undefined ? nothing : refused(scene, refusal, forget)}
      ${repeat(
        inSight(shown),
        ({ id }) => id,
        (activity) => card(scene, activity),
      )}
    </div>
  </section>`;
}

const ranks: Readonly<Record<ActivityView['state'], number>> = { waiting: 0, running: 1, done: 2, failed: 2 };

/** What waits for the person first, then what runs, then the newest of what has ended: what does not fit is looked for least. */
function inSight(shown: readonly ActivityView[]): readonly ActivityView[] {
  return shown.toReversed().toSorted((one, other) => ranks[one.state] - ranks[other.state]);
}

/** How far it is, in words and, while that is known, as a bar. */
export function progress({ title, progress: part, state }: ActivityView): TemplateResult | typeof nothing {
  if (state !== 'running') return nothing;
  return part === undefined
    ? html`<wa-progress-bar label=${title} indeterminate></wa-progress-bar>`
    : html`<wa-progress-bar label=${title} value=${Math.round(part * 100)}></wa-progress-bar>`;
}

function card(scene: Scene, activity: ActivityView): TemplateResult {
  const { id, title, reader, state, lines, cancellable, pinPage } = activity;
  const over = state === 'done' || state === 'failed';
  return html`<article class="activity ${state}">
    ${icon(drawings[state])}
    <div>
      <h2>${title}</h2>
      <p class="quiet">
        <span>${scene.word(`page.activity.${state}`)}</span>${
          reader === undefined ? nothing : html`<span class="of-reader">${reader}</span>`
        }
      </p>
      ${lines.map((line) => html`<p>${line}</p>`)} ${progress(activity)} ${results(scene, activity.results)}
      <div class="actions">
        ${state === 'waiting' && pinPage !== undefined ? pinPageButton(scene, pinPage) : nothing}
        ${
          cancellable && !over
            ? button(scene.word('page.cancel'), 'plain', () => scene.send({ kind: 'cancel', activity: id }))
            : nothing
        }
      </div>
    </div>
    ${over ? closer(scene, id, () => scene.send({ kind: 'dismiss', activity: id })) : nothing}
  </article>`;
}

function refused(scene: Scene, message: string, forget: () => void): TemplateResult {
  return html`<article class="activity failed">
    ${icon('warning')}
    <div>
      <h2>${scene.word('page.refused.title')}</h2>
      ${message.split('\n').map((line) => html`<p>${line}</p>`)}
    </div>
    ${closer(scene, 'refused', forget)}
  </article>`;
}

function closer(scene: Scene, what: string, press: () => void): TemplateResult {
  return html`<button type="button" class="closer" data-focus=${`close ${what}`} @click=${press}>
    ${icon('close')}<span class="hidden">${scene.word('page.close')}</span>
  </button>`;
}
