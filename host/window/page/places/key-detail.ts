import { html, type TemplateResult } from 'lit';
import type { KeyView } from '../../view/reader-view.js';
import { actionRow } from '../parts/button.js';
import { facts } from '../parts/facts.js';
import { icon } from '../parts/icon.js';
import type { Scene } from '../scene.js';

/** A key on the card: what it is, and a trial of it. */
export function keyDetail(scene: Scene, key: KeyView): TemplateResult {
  return html`<article class="certificate">
    <header class="title">
      ${icon('key', 'large')}
      <div><h2>${key.label}</h2></div>
    </header>
    ${facts(key.facts)} ${actionRow(scene, key.actions)}
  </article>`;
}
