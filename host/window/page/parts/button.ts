import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ActionView } from '../../view/action-view.js';
import type { Scene } from '../scene.js';

/** How much a button stands out. */
export type Weight = 'first' | 'plain' | 'quiet';

/** What happens on a press, for buttons that no command stands behind. `key` names it among those of the page. */
export function button(
  label: string,
  weight: Weight,
  press: () => void,
  drawing?: TemplateResult,
  key = label,
): TemplateResult {
  return html`<wa-button
    data-focus=${key}
    class=${weight}
    variant=${weight === 'first' ? 'brand' : 'neutral'}
    appearance=${appearances[weight]}
    @click=${press}
    >${drawing ? html`<span slot="start" class="slotted">${drawing}</span>` : nothing}${label}</wa-button
  >`;
}

/** The button of an action. One that cannot be pressed says why: beneath, unless that is shown for several at once. */
export function actionButton(
  scene: Scene,
  action: ActionView,
  weight: Weight = 'plain',
  why: 'beneath' | 'hidden' = 'beneath',
): TemplateResult {
  const key = keyOf(action);
  if (action.why === undefined) return button(action.label, weight, () => run(scene, action), undefined, key);
  return html`<span class="disabled-action" data-focus=${key} tabindex="-1">
    <wa-button class=${weight} variant="neutral" appearance=${appearances[weight]} disabled>${action.label}</wa-button>
    <span class=${why === 'hidden' ? 'hidden' : 'why'}>${action.why}</span>
  </span>`;
}

/** Buttons in a row, the first of them standing out when `weight` says so. */
export function actionRow(scene: Scene, actions: readonly ActionView[], weight: Weight = 'plain'): TemplateResult {
  if (actions.length === 0) return html``;
  return html`<div class="actions">
    ${actionButtons(scene, actions, (_, index) => (index === 0 ? weight : 'plain'))}
  </div>`;
}

/** Buttons that stay what they are when others come or go: what has the focus never turns into another one under the finger. */
export function actionButtons(
  scene: Scene,
  actions: readonly ActionView[],
  weight: (action: ActionView, index: number) => Weight,
): unknown {
  const reasons = new Set(actions.flatMap(({ why }) => why ?? []));
  // What several cannot do for the same reason is seen once; who hears the page hears it with each.
  const once = [...reasons].map((why) => html`<p class="why" aria-hidden="true">${why}</p>`);
  return html`${repeat(actions, keyOf, (action, index) => actionButton(scene, action, weight(action, index), 'hidden'))}
  ${once}`;
}

const keyOf = ({ command, args }: ActionView): string => `${command} ${JSON.stringify(args)}`;

/** Starts what the action stands for. */
export function run(scene: Scene, { command, args }: ActionView): void {
  scene.send({ kind: 'run', command, args });
}

const appearances = { first: 'accent', plain: 'outlined', quiet: 'plain' } as const;
