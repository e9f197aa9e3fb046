import { html, type TemplateResult } from 'lit';
import type { ReaderView } from '../../view/reader-view.js';
import { icon } from './icon.js';

/** The state of a reader: shape, colour and words. */
export function status({ icon: state, state: words }: ReaderView): TemplateResult {
  return html`<p class="status ${state}">${icon(`state-${state}`)}<span>${words}</span></p>`;
}
