import type { Output } from './io.js';

const clear = '\r\u001b[K';

/** A terminal with one line at its foot that what is written does not run into: a question, a failure. */
export class FootedOutput implements Output {
  readonly #inner: Output;
  #shown = false;

  constructor(inner: Output) {
    this.#inner = inner;
  }

  get isTTY(): boolean {
    return this.#inner.isTTY === true;
  }

  get columns(): number {
    return this.#inner.columns || 80;
  }

  write(text: string | Uint8Array): unknown {
    this.foot('');
    return this.#inner.write(text);
  }

  foot(line: string): void {
    if (!this.isTTY || (line === '' && !this.#shown)) return;
    this.#shown = line !== '';
    this.#inner.write(clear + line);
  }
}
