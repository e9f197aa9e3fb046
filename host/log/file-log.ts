import type { Disposable, Log } from '@sigill/core';
import { pino } from 'pino';
import { BoundedFile } from './bounded-file.js';

/** The host's log: JSON lines in a bounded file. A disk that is full or read-only never stops the host. */
export class FileLog implements Log, Disposable {
  readonly #file: BoundedFile;
  readonly #pino: ReturnType<typeof pino>;

  constructor(path: string) {
    this.#file = new BoundedFile(path);
    const destination = { write: (line: string) => this.#write(line) };
    this.#pino = pino({ level: 'debug', base: { pid: process.pid } }, destination);
  }

  debug(line: string): void {
    this.#pino.debug(line);
  }

  info(line: string): void {
    this.#pino.info(line);
  }

  warn(line: string): void {
    this.#pino.warn(line);
  }

  error(line: string): void {
    this.#pino.error(line);
  }

  dispose(): void {
    this.#file.close();
  }

  #write(line: string): void {
    try {
      this.#file.write(line);
    } catch {
      // A log that cannot be written is not worth a card operation.
    }
  }
}
