import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** A text file that stays small: at `limit` bytes it becomes `.1`, what was `.1` becomes `.2`, and so on up to `kept`. */
export class BoundedFile {
  readonly #path: string;
  readonly #limit: number;
  readonly #kept: number;
  #file: number | undefined;
  #size = 0;

  constructor(path: string, { limit = 1_000_000, kept = 3 } = {}) {
    this.#path = path;
    this.#limit = limit;
    this.#kept = kept;
  }

  /** Appends at once, so that nothing is missing after a crash. Opens the file on the first line. */
  write(text: string): void {
    const bytes = Buffer.from(text);
    if (this.#file !== undefined && this.#size + bytes.length > this.#limit) this.#turn();
    this.#file ??= this.#open(bytes.length);
    writeSync(this.#file, bytes);
    this.#size += bytes.length;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(coming: number): number {
    const file = openSync(this.#path, 'a', 0o600);
    this.#size = fstatSync(file).size;
    if (this.#size === 0 || this.#size + coming <= this.#limit) return file;
    closeSync(file);
    this.#turn();
    this.#size = 0;
    return openSync(this.#path, 'a', 0o600);
  }

  #turn(): void {
    this.close();
    rmSync(`${this.#path}.${this.#kept}`, { force: true });
    for (let age = this.#kept - 1; age >= 1; age--) move(`${this.#path}.${age}`, `${this.#path}.${age + 1}`);
    move(this.#path, `${this.#path}.1`);
  }
}

/** Another process may have turned the file first. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure;
  }
}
