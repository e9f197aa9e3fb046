import { html, type TemplateResult } from 'lit';
import { certificatePath } from '../../requests.js';
import type { CardView, CertificateView } from '../../view/reader-view.js';
import { actionButtons } from '../parts/button.js';
import { details, facts } from '../parts/facts.js';
import { icon } from '../parts/icon.js';
import type { Scene } from '../scene.js';

/** A certificate: its facts, a copy to save, a trial of its key. */
export function certificateDetail(scene: Scene, card: CardView, certificate: CertificateView): TemplateResult {
  const { label, validity, tone, ca, actions } = certificate;
  const address = `${certificatePath}/${encodeURIComponent(card.id)}/${encodeURIComponent(certificate.id)}`;
  return html`<article class="certificate">
    <header class="title">
      ${icon(ca ? 'ca' : 'certificate', `large ${tone}`)}
      <div>
        <h2>${label}</h2>
        <p class="validity ${tone}">${validity}</p>
      </div>
    </header>
    ${facts(certificate.facts)}
    <div class="actions">
      ${actionButtons(scene, actions, () => 'plain')} ${save(scene, `${address}.pem`, 'page.save.pem')}
      ${save(scene, `${address}.der`, 'page.save.der')}
    </div>
    ${details(scene, certificate.details)}
  </article>`;
}

function save(scene: Scene, address: string, key: string): TemplateResult {
  return html`<wa-button variant="neutral" appearance="plain" data-focus=${address} href=${address} download
    ><span slot="start" class="slotted">${icon('download')}</span>${scene.word(key)}</wa-button
  >`;
}
