import { documentPath } from '../requests.js';

/** A document on its way to the host. */
export interface Upload {
  readonly name: string;
  /** 0–1. */
  readonly part: number;
  /** Documents that wait behind it. */
  readonly waiting: number;
}

interface Waiting {
  readonly panel: string;
  readonly file: File;
}

/** Why a document did not arrive: a sentence of the host's, or a key of the page's words. */
export type UploadTrouble = { readonly message: string } | { readonly key: string };

/** Most bytes that the host takes in. */
const most = 1_073_741_824;

/** Sends dropped documents to the host, one after the other. */
export class Uploads {
  readonly #changed: () => void;
  readonly #failed: (name: string, trouble: UploadTrouble) => void;
  #queue: readonly Waiting[] = [];
  #request: XMLHttpRequest | undefined;
  #now: Upload | undefined;

  constructor(changed: () => void, failed: (name: string, trouble: UploadTrouble) => void) {
    this.#changed = changed;
    this.#failed = failed;
  }

  get now(): Upload | undefined {
    return this.#now && { ...this.#now, waiting: this.#queue.length };
  }

  add(panel: string, files: readonly File[]): void {
    this.#queue = [...this.#queue, ...files.map((file) => ({ panel, file }))];
    if (this.#request === undefined) this.#next();
  }

  /** Gives up what is on its way and what waits. */
  cancel(): void {
    this.#queue = [];
    this.#request?.abort();
  }

  #next(): void {
    const [first, ...rest] = this.#queue;
    this.#queue = rest;
    this.#request = undefined;
    this.#now = undefined;
    this.#changed();
    if (first === undefined) return;
    const { panel, file } = first;
    if (file.size > most) {
      this.#failed(file.name, { key: 'page.upload.large' });
      return this.#next();
    }
    if (file.size === 0) {
      this.#failed(file.name, { key: 'page.upload.empty' });
      return this.#next();
    }
    const request = new XMLHttpRequest();
    this.#request = request;
    this.#now = { name: file.name, part: 0, waiting: 0 };
    request.open('POST', `${documentPath}/${panel}/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      this.#now = { name: file.name, part: total > 0 ? loaded / total : 0, waiting: 0 };
      this.#changed();
    });
    request.addEventListener('load', () => {
      if (request.status >= 300) this.#failed(file.name, { message: messageOf(request.responseText) });
      this.#next();
    });
    // A folder, and a file that is gone, cannot be read by the browser either.
    request.addEventListener('error', () => {
      this.#failed(file.name, { key: 'page.upload.failed' });
      this.#next();
    });
    request.addEventListener('abort', () => this.#next());
    request.send(file);
    this.#changed();
  }
}

function messageOf(answer: string): string {
  try {
    const { message } = JSON.parse(answer) as { message?: unknown };
    return typeof message === 'string' ? message : answer;
  } catch {
    return answer;
  }
}
