import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AreaFieldView, DocumentView } from '../../view/panel-view.js';
import type { PageSize, PdfPreview } from '../pdf-preview.js';
import { afterKey, type Box, firstBox, placeText, within } from './box.js';
import { BoxDrag, type Point } from './box-drag.js';
import { pageChooser } from './page-chooser.js';

/** A rectangle that the person places on a page of a document, by mouse or by keyboard; `value` is empty while they want none. */
export class AreaField extends LitElement {
  static override properties = {
    field: { attribute: false },
    document: { attribute: false },
    passwords: { attribute: false },
    word: { attribute: false },
    wanted: { state: true },
    page: { state: true },
    pages: { state: true },
    size: { state: true },
    box: { state: true },
    trouble: { state: true },
  };

  declare field: AreaFieldView;
  declare document: DocumentView | undefined;
  /** One of these may open the document. */
  declare passwords: readonly string[];
  declare word: (key: string) => string;
  declare wanted: boolean;
  declare page: number;
  declare pages: number;
  declare size: PageSize | undefined;
  declare box: Box | undefined;
  /** Why the document is not shown: a key of the page's words. */
  declare trouble: string | undefined;
  #preview: PdfPreview | undefined;
  #shown = '';
  readonly #drag = new BoxDrag();
  #tried: readonly string[] = [];

  constructor() {
    super();
    this.wanted = false;
    this.page = 1;
    this.pages = 0;
    this.passwords = [];
    this.trouble = undefined;
  }

  /** `page,x,y,width,height`, or empty. */
  get value(): string {
    return this.wanted && this.box !== undefined ? placeText(this.page, this.box) : '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { field, word, wanted } = this;
    const change = (event: Event): void => void (this.wanted = (event.target as HTMLInputElement).checked);
    return html`<div class="area-field">
      <wa-switch data-focus=${field.key} .checked=${wanted} hint=${field.help ?? ''} @change=${change}
        >${field.label}</wa-switch
      >
      ${wanted ? this.#place(word) : nothing}
    </div>`;
  }

  protected override updated(): void {
    const wish = this.wanted && this.document !== undefined ? this.document : undefined;
    const key = wish === undefined ? '' : `${wish.id} ${this.page}`;
    const { box, size } = this;
    const drawn = this.querySelector<HTMLElement>('.signature-box');
    if (drawn !== null && box !== undefined && size !== undefined) {
      // Through the style object: the content policy allows no style attributes.
      const part = (one: number, of: number): string => `${(one / of) * 100}%`;
      drawn.style.left = part(box.x, size.width);
      drawn.style.bottom = part(box.y, size.height);
      drawn.style.width = part(box.width, size.width);
      drawn.style.height = part(box.height, size.height);
    }
    if (key === this.#shown && (this.trouble === undefined || this.passwords === this.#tried)) return;
    const same = wish !== undefined && this.trouble === undefined && this.#shown.startsWith(`${wish.id} `);
    this.#shown = key;
    if (wish === undefined) return this.#close();
    void this.#show(wish, same, key);
  }

  #place(word: (key: string) => string): TemplateResult {
    if (this.document === undefined) return html`<p class="quiet">${word('page.area.no-document')}</p>`;
    if (this.trouble !== undefined)
      return html`<wa-callout variant="warning" role="status">${word(this.trouble)}</wa-callout>`;
    const { box } = this;
    return html`<p class="quiet" id="area-help">${word('page.area.help')}</p>
      ${pageChooser(this, word, (page) => (this.page = page))}
      <div class="page-view" @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up}>
        <canvas aria-hidden="true"></canvas>
        ${
          box === undefined
            ? nothing
            : html`<div
                class="signature-box"
                role="application"
                tabindex="0"
                aria-label=${`${this.field.label}: ${this.value}`}
                aria-describedby="area-help"
                @keydown=${this.#key}
              ></div>`
        }
      </div>
      <p class="quiet" role="status">${word('page.area.at')} ${this.value}</p>`;
  }

  async #show(wish: DocumentView, same: boolean, key: string): Promise<void> {
    try {
      if (!same) {
        this.#close();
        this.#shown = key;
        this.#tried = this.passwords;
        this.trouble = undefined;
        this.page = 1;
        const { PdfPreview } = await import('../pdf-preview.js');
        const opened = await PdfPreview.open(wish.id, wish.bytes, this.#tried);
        if (this.#shown !== key && !this.#shown.startsWith(`${wish.id} `)) return opened.close();
        this.#preview = opened;
        this.pages = opened.pages;
      }
      await this.updateComplete;
      const canvas = this.querySelector('canvas');
      if (canvas === null || this.#preview === undefined) return;
      this.size = await this.#preview.draw(this.page, canvas, canvas.clientWidth || 480);
      this.box = this.box === undefined ? firstBox(this.size) : within(this.box, this.size);
    } catch (error) {
      if (error instanceof Error && error.name === 'RenderingCancelledException') return;
      this.trouble = isLocked(error) ? 'page.area.locked' : 'page.area.trouble';
    }
  }

  #close(): void {
    this.#preview?.close();
    this.#preview = undefined;
    this.#shown = '';
    this.pages = 0;
    this.box = undefined;
    this.size = undefined;
  }

  #point({ clientX, clientY }: PointerEvent): Point | undefined {
    const canvas = this.querySelector('canvas')?.getBoundingClientRect();
    if (canvas === undefined || this.size === undefined) return undefined;
    const { width, height } = this.size;
    return [((clientX - canvas.left) / canvas.width) * width, ((canvas.bottom - clientY) / canvas.height) * height];
  }

  #down = (event: PointerEvent): void => {
    const from = this.#point(event);
    if (from === undefined || event.button !== 0) return;
    const onBox = (event.target as Element).classList.contains('signature-box');
    this.#drag.begin(from, onBox ? this.box : undefined);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  #move = (event: PointerEvent): void => {
    const to = this.#point(event);
    if (to !== undefined && this.size !== undefined) this.box = this.#drag.box(to, this.size) ?? this.box;
  };

  #up = (): void => {
    this.#drag.end();
    this.querySelector<HTMLElement>('.signature-box')?.focus({ preventScroll: true });
  };

  #key = (event: KeyboardEvent): void => {
    const { box, size } = this;
    const after = box && size && afterKey(box, event.key, event.shiftKey, size);
    if (after === undefined) return;
    event.preventDefault();
    this.box = after;
  };
}

const isLocked = (error: unknown): boolean => error instanceof Error && error.name === 'PasswordException';

customElements.define('sigill-area', AreaField);
