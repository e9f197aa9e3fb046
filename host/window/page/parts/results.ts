import { html, nothing, type TemplateResult } from 'lit';
import type { ResultView } from '../../view/activity-view.js';
import type { Scene } from '../scene.js';
import { actionRow } from './button.js';

/** Results that are shown with their buttons; the others are where these are. */
const most = 20;

/** Files that a command delivered, and what can be done with each. */
export function results(scene: Scene, files: readonly ResultView[] = []): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<ul class="results">
      ${files
        .slice(0, most)
        .map(
          ({ name, folder, actions }) =>
            html`<li><strong>${name}</strong><small>${folder}</small>${actionRow(scene, actions)}</li>`,
        )}
    </ul>
    ${files.length > most ? html`<p class="quiet">… ${files.length - most}</p>` : nothing}`;
}
