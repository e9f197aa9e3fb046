// Loaded only when a page is to be shown: pdf.js is larger than all the rest.
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker';
import { documentPath } from '../requests.js';

/** Size of a page as it is seen, in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** What only some documents need: maps of characters, fonts that they leave out, a decoder of JPEG 2000. */
const dataPath = new URL('pdf/', document.baseURI).href;

/** Most bytes of one piece. */
const most = 524_288;

/** A document whose pages can be drawn; only the pieces that a page needs are read. */
export class PdfPreview {
  readonly #task: pdfjs.PDFDocumentLoadingTask;
  readonly #document: pdfjs.PDFDocumentProxy;
  readonly #worker: pdfjs.PDFWorker;
  #drawing: pdfjs.RenderTask | undefined;

  private constructor(task: pdfjs.PDFDocumentLoadingTask, document: pdfjs.PDFDocumentProxy, worker: pdfjs.PDFWorker) {
    this.#task = task;
    this.#document = document;
    this.#worker = worker;
  }

  /** Opens a given document of `size` bytes. Fails with an ordinary error when it cannot be read, with pdf.js's `PasswordException` when none of the passwords is its own. */
  static async open(id: string, size: number, passwords: readonly string[]): Promise<PdfPreview> {
    const worker = pdfjs.PDFWorker.create({ port: new PdfWorker() });
    const task = pdfjs.getDocument({
      range: new Pieces(id, size),
      worker,
      // Nothing of a document is run here.
      isEvalSupported: false,
      enableXfa: false,
      useWasm: false,
      wasmUrl: dataPath,
      cMapUrl: dataPath,
      cMapPacked: true,
      standardFontDataUrl: dataPath,
      useWorkerFetch: false,
      disableAutoFetch: true,
      disableStream: true,
      verbosity: 0,
    } as Parameters<typeof pdfjs.getDocument>[0]);
    const left = [...passwords];
    // An error in place of the next one ends the asking.
    task.onPassword = (next: (password: string | Error) => void) => next(left.shift() ?? new Error('locked'));
    try {
      return new PdfPreview(task, await task.promise, worker);
    } catch (error) {
      await task.destroy();
      worker.destroy();
      throw error;
    }
  }

  get pages(): number {
    return this.#document.numPages;
  }

  /** Draws a page as wide as `width` CSS pixels; tells its size in points. */
  async draw(number: number, canvas: HTMLCanvasElement, width: number): Promise<PageSize> {
    const page = await this.#document.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    // A page may count in units larger than a point; places are counted in its own.
    const unit = page.userUnit ?? 1;
    const viewport = page.getViewport({ scale: (width / plain.width) * Math.min(2, devicePixelRatio) });
    this.#drawing?.cancel();
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    this.#drawing = page.render({ canvas, viewport });
    await this.#drawing.promise;
    return { width: plain.width / unit, height: plain.height / unit };
  }

  close(): void {
    void this.#task.destroy().finally(() => this.#worker.destroy());
  }
}

/** Reads a document from the host piece by piece. */
class Pieces extends pdfjs.PDFDataRangeTransport {
  readonly #id: string;

  constructor(id: string, size: number) {
    super(size, null);
    this.#id = id;
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#read(begin, end);
  }

  async #read(begin: number, end: number): Promise<void> {
    const whole = new Uint8Array(end - begin);
    for (let at = begin; at < end; at += most) {
      const last = Math.min(at + most, end) - 1;
      const answer = await fetch(`${documentPath}/${this.#id}`, { headers: { range: `bytes=${at}-${last}` } });
      if (!answer.ok) return this.abort();
      whole.set(new Uint8Array(await answer.arrayBuffer()), at - begin);
    }
    this.onDataRange(begin, whole);
  }
}
