import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PluginView } from '../../view/window-view.js';
import { actionRow } from '../parts/button.js';
import { icon } from '../parts/icon.js';
import type { Scene } from '../scene.js';

/** Every plugin: what it is, what it may, how it fares. */
export function plugins(scene: Scene): TemplateResult {
  const { word, view } = scene;
  return html`<h1>${word('page.plugins')}</h1>
    <p class="lead">${word('page.plugins.lead')}</p>
    ${
      view.plugins.length === 0
        ? html`<p>${word('page.plugins.none')}</p>`
        : html`<div class="plugins">
            ${repeat(
              view.plugins,
              ({ name }) => name,
              (one) => plugin(scene, one),
            )}
          </div>`
    }`;
}

function plugin(
  scene: Scene,
  { title, name, version, origin, state, permissions, failure, log, actions }: PluginView,
): TemplateResult {
  const { word } = scene;
  return html`<article class="plugin ${failure === undefined ? '' : 'failed'}">
    <header>
      ${icon('plugin', 'large')}
      <div>
        <h2>${title}</h2>
        <p class="quiet">${name}</p>
      </div>
      <span class="badge">${state}</span>
    </header>
    ${failure === undefined ? nothing : html`<p class="note bad">${icon('warning')}<span>${failure}</span></p>`}
    <dl class="facts">
      <div>
        <dt>${word('page.plugin.version')}</dt>
        <dd>${version}</dd>
      </div>
      <div>
        <dt>${word('page.plugin.origin')}</dt>
        <dd>${origin}</dd>
      </div>
      <div>
        <dt>${word('page.plugin.permissions')}</dt>
        <dd>
          ${
            permissions.length === 0
              ? word('page.plugin.permissions.none')
              : html`<ul class="tags">
                  ${permissions.map((one) => html`<li>${one}</li>`)}
                </ul>`
          }
        </dd>
      </div>
    </dl>
    ${actionRow(scene, actions)}
    <wa-details class="details" summary=${word('page.plugin.log')}>
      ${
        log.length === 0
          ? html`<p class="quiet">${word('page.plugin.log.none')}</p>`
          : html`<pre class="log" tabindex="0">${log.join('\n')}</pre>`
      }
    </wa-details>
  </article>`;
}
