import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '@sigill/core';
import { ownFolder } from '../paths.js';

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
      const why = error instanceof Error ? error.message : String(error);
      throw new Failure('file-unwritable', { path, why }, error);
    }
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

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
