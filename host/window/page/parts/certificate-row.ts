import { html, type TemplateResult } from 'lit';
import type { CertificateView } from '../../view/reader-view.js';
import type { Scene } from '../scene.js';
import { icon } from './icon.js';

/** A certificate in a list: a press shows it. */
export function certificateRow(
  scene: Scene,
  node: string,
  { label, validity, tone, ca }: CertificateView,
): TemplateResult {
  return html`<li>
    <button type="button" class="row-button" data-focus=${node} @click=${() => scene.select(node)}>
      ${icon(ca ? 'ca' : 'certificate', tone)}
      <span><strong>${label}</strong><small class=${tone}>${validity}</small></span>
      ${icon('chevron-right')}
    </button>
  </li>`;
}
