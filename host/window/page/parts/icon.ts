import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

const drawings = import.meta.glob<string>('../icons/*.svg', { query: '?raw', import: 'default', eager: true });
// Those that Web Awesome's details, select and input draw themselves.
const addresses = import.meta.glob<string>('../icons/{check,chevron-*,circle-xmark}.svg', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** One of our own drawings. It only decorates: words stand beside it. */
export function icon(name: string, kind = ''): TemplateResult {
  return html`<span class="icon ${kind}" aria-hidden="true">${unsafeHTML(drawings[`../icons/${name}.svg`])}</span>`;
}

/** Where the same drawing lies as a file. */
export function iconAddress(name: string): string {
  return addresses[`../icons/${name}.svg`] ?? '';
}
