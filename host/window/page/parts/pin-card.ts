import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ActionView } from '../../view/action-view.js';
import type { PinView } from '../../view/reader-view.js';
import type { Scene } from '../scene.js';
import { actionButtons, type Weight } from './button.js';
import { icon } from './icon.js';
import { tries } from './tries.js';

/** The codes of a card. */
export function pinCards(scene: Scene, pins: readonly PinView[]): unknown {
  return repeat(
    pins,
    ({ id }) => id,
    (pin) => pinCard(scene, pin),
  );
}

/** One code of one card. A locked one offers its cure first; verifying is small, for it is seldom needed. */
export function pinCard(scene: Scene, pin: PinView, level: 2 | 3 = 3): TemplateResult {
  const { label, state, actions } = pin;
  return html`<article class="pin ${state}">
    <header>
      ${icon(state === 'locked' ? 'state-locked' : 'code')}
      ${level === 2 ? html`<h2>${label}</h2>` : html`<h3>${label}</h3>`}
      ${state === 'ok' ? nothing : html`<span class="badge ${state}">${scene.word(`page.pin.${state}`)}</span>`}
    </header>
    ${state === 'not-set' ? nothing : tries(pin)}
    <div class="actions">
      ${actionButtons(scene, quietLast(actions), (action, index) => weight(pin, action, index))}
    </div>
  </article>`;
}

/** Verifying is seldom needed. */
function quietLast(actions: readonly ActionView[]): readonly ActionView[] {
  const seldom = ({ command }: ActionView): boolean => command === 'pin.verify';
  return [...actions.filter((action) => !seldom(action)), ...actions.filter(seldom)];
}

function weight({ state }: PinView, { command }: ActionView, index: number): Weight {
  if (command === 'pin.verify') return 'quiet';
  return state === 'locked' && index === 0 ? 'first' : 'plain';
}
