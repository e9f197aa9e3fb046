import { readFileSync, renameSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Disposable, Failure, isFailure } from '@sigill/core';
import { ownFolder } from '../paths.js';
import { whenLocked } from '../simulate/lock-file.js';

/** What JSON gives for an object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Bytes; a file that is larger was not written here. */
const largest = 1_000_000;

/** A JSON object in a file of its owner alone. Keys that this program does not know stay in it. */
export class SettingsFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What the file holds; nothing when there is none. One that cannot be understood is set aside as `PATH.broken`, and told to `broken`. */
  read(broken: (why: string) => void = () => {}): JsonObject {
    const text = this.#text();
    if (text === undefined) return {};
    try {
      if (text.length > largest) throw new SyntaxError('it is too large');
      const found: unknown = JSON.parse(text);
      if (!isObject(found)) throw new SyntaxError('it is no object');
      return found;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      renameSync(this.path, `${this.path}.broken`);
      broken(error.message);
      return {};
    }
  }

  /** Written beside and renamed: a reader finds the old one or the new one. Fails with `file-unwritable`. */
  write(content: JsonObject): void {
    const { path } = this;
    try {
      ownFolder(dirname(path));
      const beside = `${path}.${process.pid}.new`;
      writeFileSync(beside, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
      renameSync(beside, path);
    } catch (error) {
      throw new Failure('file-unwritable', { path, why: reason(error) }, error);
    }
  }

  /** What it holds now; nothing of it is touched. `undefined` when it cannot be understood: somebody may be writing it by hand. */
  look(): JsonObject | undefined {
    try {
      const found: unknown = JSON.parse(this.#text() ?? '{}');
      return isObject(found) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  /** Reads, changes and writes it while no other process does, at once when none does now, and gives what was written; `otherwise` stands in for what cannot be understood. Fails with `file-unwritable`. */
  async change(make: (now: JsonObject) => JsonObject, otherwise: JsonObject): Promise<JsonObject> {
    try {
      ownFolder(dirname(this.path));
      return await whenLocked(`${this.path}.lock`, () => {
        const content = make(this.look() ?? otherwise);
        this.write(content);
        return content;
      });
    } catch (error) {
      if (isFailure(error)) throw error;
      throw new Failure('file-unwritable', { path: this.path, why: reason(error) }, error);
    }
  }

  /** Tells when it may have been written, by whichever process. */
  watch(changed: () => void): Disposable {
    const folder = dirname(this.path);
    const watcher = watch(ownFolder(folder), { persistent: false }, (_, name) => {
      if (name === null || name === basename(this.path)) changed();
    });
    // A folder that went away is no longer watched; the next start makes a new one.
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  }

  #text(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
