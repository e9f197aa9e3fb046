import { html, nothing, type TemplateResult } from 'lit';
import type { ActionView } from '../../view.js';
import type { Scene } from '../scene.js';

/** How much a button stands out. */
export type Weight = 'first' | 'plain' | 'quiet';

/** What happens on a press, for buttons that no command stands behind. */
export function button(label: string, weight: Weight, press: () => void, drawing?: TemplateResult): TemplateResult {
  return html`<wa-button
    class=${weight}
    variant=${weight === 'first' ? 'brand' : 'neutral'}
    appearance=${appearances[weight]}
    @click=${press}
    >${drawing ? html`<span slot="start" class="slotted">${drawing}</span>` : nothing}${label}</wa-button
  >`;
}

/** The button of an action. One that cannot be pressed says why, beneath. */
export function actionButton(scene: Scene, action: ActionView, weight: Weight = 'plain'): TemplateResult {
  if (action.why === undefined) return button(action.label, weight, () => run(scene, action));
  return html`<span class="disabled-action">
    <wa-button class=${weight} variant="neutral" appearance=${appearances[weight]} disabled>${action.label}</wa-button>
    <span class="why">${action.why}</span>
  </span>`;
}

/** Buttons in a row, the first of them standing out when `weight` says so. */
export function actionRow(scene: Scene, actions: readonly ActionView[], weight: Weight = 'plain'): TemplateResult {
  if (actions.length === 0) return html``;
  return html`<div class="actions">
    ${actions.map((action, index) => actionButton(scene, action, index === 0 ? weight : 'plain'))}
  </div>`;
}

/** Starts what the action stands for. */
export function run(scene: Scene, { command, args }: ActionView): void {
  scene.send({ kind: 'run', command, args });
}

const appearances = { first: 'accent', plain: 'outlined', quiet: 'plain' } as const;
