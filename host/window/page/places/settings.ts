import { html, type TemplateResult } from 'lit';
import { field } from '../parts/field.js';
import type { Scene } from '../scene.js';

/** What can be set: the host's own and each plugin's, a group for each. */
export function settings(scene: Scene): TemplateResult {
  const { word, view } = scene;
  return html`<h1>${word('page.settings')}</h1>
    ${
      view.settings.length === 0
        ? html`<p>${word('page.settings.none')}</p>`
        : html`<p class="lead">${word('page.settings.lead')}</p>
            ${view.settings.map(
              ({ owner, title, fields }) =>
                html`<section class="settings">
                  <h2>${title}</h2>
                  ${fields.map((one) =>
                    field(one, (value) => scene.send({ kind: 'setting', owner, key: one.key, value })),
                  )}
                </section>`,
            )}`
    }`;
}
