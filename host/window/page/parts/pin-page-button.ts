import { html, type TemplateResult } from 'lit';
import type { Scene } from '../scene.js';
import { icon } from './icon.js';

/** Leads to the code window, for who did not see it open. */
export function pinPageButton(scene: Scene, address: string): TemplateResult {
  return html`<wa-button
    variant="brand"
    appearance="accent"
    href=${address}
    target="sigill-pin"
    rel="noreferrer"
    @click=${(event: Event) => openSmall(event, address)}
    ><span slot="start" class="slotted">${icon('window')}</span>${scene.word('page.pin-page.open')}</wa-button
  >`;
}

/** A small window; where the browser opens none, the link itself leads there. */
function openSmall(event: Event, address: string): void {
  const opened = window.open(address, 'sigill-pin', 'popup,width=480,height=720');
  if (opened === null) return;
  event.preventDefault();
  opened.focus();
}
