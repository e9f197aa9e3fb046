import { html, type TemplateResult } from 'lit';
import type { Scene } from '../scene.js';
import { icon } from './icon.js';

/** What concerns everything: the host cannot be reached, or the card service is not there. Stays in the page so that it is read out. */
export function banner(scene: Scene, connected: boolean): TemplateResult {
  return html`<div class="banners" role="status">
    ${connected ? '' : strip(scene, 'lost', 'offline', scene.word('page.lost.text'))}
    ${scene.view.service === undefined ? '' : strip(scene, 'service', 'warning', scene.view.service)}
  </div>`;
}

function strip(scene: Scene, kind: string, drawing: string, text: string): TemplateResult {
  return html`<div class="banner ${kind}">
    ${icon(drawing)}
    <p>
      <strong>${scene.word(`page.${kind}.title`)}</strong>
      <span>${text}</span>
    </p>
  </div>`;
}
