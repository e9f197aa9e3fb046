import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DocumentsFieldView, DocumentView, PanelView } from '../../view/panel-view.js';
import type { Scene } from '../scene.js';
import { button } from './button.js';
import { icon } from './icon.js';

/** A place to drop documents on or to choose them. All such fields of a panel share its documents: those after the first only name them. */
export function documentsField(scene: Scene, panel: PanelView, view: DocumentsFieldView): TemplateResult {
  const { documents = [] } = panel;
  return isFirst(panel, view) ? dropArea(scene, panel, view, documents) : sameDocuments(scene, view, documents);
}

/** The browser's own input for files of a panel: used where the desktop's dialog cannot be shown. */
export const inputId = (panel: string): string => `files-${panel}`;

function dropArea(
  scene: Scene,
  { id: panel }: PanelView,
  { label, help, accept, many }: DocumentsFieldView,
  documents: readonly DocumentView[],
): TemplateResult {
  const hear = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    scene.upload(panel, [...(input.files ?? [])]);
    input.value = '';
  };
  return html`<div class="documents-field" role="group" aria-label=${label}>
    <p class="field-label" aria-hidden="true">${label}</p>
    <div class="drop-area">
      ${icon('document')}
      <p>${scene.word(accept.every((one) => one === 'pdf') ? 'page.drop' : 'page.drop.files')}</p>
      ${button(scene.word('page.choose-files'), 'plain', () => scene.choose(panel), undefined, `choose ${panel}`)}
      <input
        type="file"
        hidden
        id=${inputId(panel)}
        accept=${accept.map((one) => `.${one}`).join(',')}
        ?multiple=${many}
        @change=${hear}
      />
    </div>
    ${help === undefined ? nothing : html`<p class="quiet">${help}</p>`} ${arriving(scene)}
    ${
      documents.length === 0
        ? nothing
        : html`<ul class="rows" data-documents>
            ${repeat(
              documents,
              ({ id }) => id,
              (one) => row(scene, panel, one),
            )}
          </ul>`
    }
  </div>`;
}

function row(scene: Scene, panel: string, { id, name, size, place }: DocumentView): TemplateResult {
  return html`<li class="plain-row document">
    ${icon('document')}
    <span><strong>${name}</strong><small>${size} · ${place}</small></span>
    <button
      type="button"
      class="remove"
      data-focus=${`forget ${id}`}
      @click=${() => scene.send({ kind: 'forget', panel, document: id })}
    >
      ${icon('close')}<span class="hidden">${scene.word('page.forget')} ${name}</span>
    </button>
  </li>`;
}

/** What is on its way, with a way out. */
function arriving({ uploads, word, cancelUpload }: Scene): TemplateResult | typeof nothing {
  if (uploads === undefined) return nothing;
  const { name, part, waiting } = uploads;
  const label = `${word('page.upload.now')} ${name}`;
  return html`<div class="progress" data-arriving>
    <p>${label}${waiting > 0 ? html` <span class="quiet">(+${waiting})</span>` : nothing}</p>
    <wa-progress-bar label=${label} value=${Math.round(part * 100)}></wa-progress-bar>
    <div class="actions">${button(word('page.cancel'), 'plain', cancelUpload, undefined, 'cancel upload')}</div>
  </div>`;
}

function sameDocuments(
  scene: Scene,
  { label }: DocumentsFieldView,
  documents: readonly DocumentView[],
): TemplateResult {
  return html`<div class="documents-field">
    <p class="field-label">${label}</p>
    <p class="quiet">${documents.length === 0 ? scene.word('page.documents.none-above') : namesOf(documents)}</p>
  </div>`;
}

/** Names that are listed; the others are counted. */
const mostNames = 5;

function namesOf(documents: readonly DocumentView[]): string {
  const names = documents.slice(0, mostNames).map(({ name }) => name);
  return `${names.join(', ')}${documents.length > mostNames ? ` … (+${documents.length - mostNames})` : ''}`;
}

function isFirst({ elements }: PanelView, view: DocumentsFieldView): boolean {
  const fields = elements.flatMap((element) => (element.kind === 'form' ? element.fields : []));
  return fields.find(({ type }) => type === 'documents') === view;
}
