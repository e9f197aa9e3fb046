import { html, type TemplateResult } from 'lit';
import { icon } from './icon.js';

/** What turns the pages of a document: two buttons and a number. */
export function pageChooser(
  { page, pages }: { readonly page: number; readonly pages: number },
  word: (key: string) => string,
  chosen: (page: number) => void,
): TemplateResult {
  const turn = (to: number): void => chosen(Math.min(Math.max(1, to), Math.max(1, pages)));
  const typed = (event: Event): void => turn(Number((event.target as HTMLInputElement).value) || page);
  return html`<div class="page-chooser" role="group" aria-label=${word('page.area.page')}>
    <button type="button" class="turn" ?disabled=${page <= 1} @click=${() => turn(page - 1)}>
      ${icon('chevron-left')}<span class="hidden">${word('page.area.before')}</span>
    </button>
    <label
      >${word('page.area.page')} <input type="number" min="1" max=${pages} .value=${String(page)} @change=${typed} /> /
      ${pages}</label
    >
    <button type="button" class="turn" ?disabled=${page >= pages} @click=${() => turn(page + 1)}>
      ${icon('chevron-right')}<span class="hidden">${word('page.area.after')}</span>
    </button>
  </div>`;
}
