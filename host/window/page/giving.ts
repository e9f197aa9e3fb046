import type { WindowRequest } from '../requests.js';
import type { WindowView } from '../view/window-view.js';
import { inputId } from './parts/documents-field.js';
import { documentsPanel, isAccepted } from './place.js';
import { type Upload, Uploads } from './uploads.js';

/** What the giving of documents needs of the page. */
export interface GivingPage {
  view(): WindowView | undefined;
  place(): string;
  word(key: string): string;
  send(request: WindowRequest): void;
  /** Shows a sentence about what was not taken; undefined takes the last one away. */
  refuse(message: string | undefined): void;
  go(place: string): void;
  changed(): void;
}

/** Sentences about what was not taken that are shown at once. */
const most = 5;

/** How a person gives documents to a panel: dropped, chosen in the desktop's own dialog, or in the browser's. */
export class Giving {
  readonly #page: GivingPage;
  readonly #uploads: Uploads;
  /** What was not taken of the last that a person gave, a sentence each. */
  #troubles: readonly string[] = [];
  /** The panel whose documents are asked for with the desktop's dialog. */
  #choosing: string | undefined;

  constructor(page: GivingPage) {
    this.#page = page;
    this.#uploads = new Uploads(
      () => page.changed(),
      (name, trouble) => this.#tell(`${name}: ${'key' in trouble ? page.word(trouble.key) : trouble.message}`),
    );
  }

  /** What is on its way to the host. */
  get now(): Upload | undefined {
    return this.#uploads.now;
  }

  choose(panel: string): void {
    if (this.#page.view()?.fileDialog !== true) return this.#browse(panel);
    this.#choosing = panel;
    this.#page.send({ kind: 'choose', panel });
  }

  upload(panel: string, files: readonly File[]): void {
    this.#troubles = [];
    this.#page.refuse(undefined);
    const shown = this.#page.view()?.panels.find(({ id }) => id === panel);
    const taken = files.filter((file) => shown === undefined || isAccepted(shown, file.name));
    if (shown !== undefined && taken.length < files.length)
      this.#tell(this.#page.word(isAccepted(shown, 'x.pdf') ? 'page.upload.kind' : 'page.upload.kind.files'));
    this.#uploads.add(panel, taken);
  }

  drop(files: readonly File[]): void {
    const view = this.#page.view();
    const panel = view && documentsPanel(view, this.#page.place())?.id;
    if (panel === undefined) return this.#page.refuse(this.#page.word('page.upload.nowhere'));
    this.#page.go(`panel:${panel}`);
    this.upload(panel, files);
  }

  cancel(): void {
    this.#uploads.cancel();
  }

  /** A dialog of the desktop that could not be shown after all is the browser's instead. */
  seen({ fileDialog }: WindowView): void {
    if (this.#choosing !== undefined && fileDialog !== true) this.#browse(this.#choosing);
  }

  /** Beside what was told of the others: of many that have come to nothing, none is kept quiet. */
  #tell(trouble: string): void {
    this.#troubles = [...this.#troubles, trouble];
    const [more, shown] = [this.#troubles.length - most, this.#troubles.slice(0, most)];
    this.#page.refuse([...shown, ...(more > 0 ? [`… (+${more})`] : [])].join('\n'));
  }

  /** The browser's own dialog. */
  #browse(panel: string): void {
    this.#choosing = undefined;
    document.getElementById(inputId(panel))?.click();
  }
}
