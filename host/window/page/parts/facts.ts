import { html, nothing, type TemplateResult } from 'lit';
import type { FactView } from '../../view/action-view.js';
import type { Scene } from '../scene.js';

/** Names and values, one under the other. */
export function facts(list: readonly FactView[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<dl class="facts">
    ${list.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The technical names, behind *Details*. */
export function details(scene: Scene, list: readonly FactView[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<wa-details class="details" summary=${scene.word('page.details')}>${facts(list)}</wa-details>`;
}
