import { html, nothing, type TemplateResult } from 'lit';
import type { PanelElementView } from '../../view/panel-view.js';
import type { Scene } from '../scene.js';
import { icon } from './icon.js';

type Findings = Extract<PanelElementView, { kind: 'findings' }>['findings'];

const drawings = { good: 'check', attention: 'info', bad: 'warning' } as const;

/** What was found or done, a line each, with how it stands as a drawing and, for who does not see it, as a word. */
export function findings(scene: Scene, found: Findings): TemplateResult {
  const gap = found.some(({ state }) => state !== undefined) ? html`<span class="icon"></span>` : nothing;
  return html`<ul class="rows findings">
    ${found.map(
      ({ text, state }) =>
        html`<li class="finding" data-state=${state ?? 'told'}>
          ${state === undefined ? gap : icon(drawings[state])}
          <p>
            ${state === undefined ? nothing : html`<span class="hidden">${scene.word(`page.finding.${state}`)}: </span>`}${text}
          </p>
        </li>`,
    )}
  </ul>`;
}
