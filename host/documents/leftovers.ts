import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentPlace, pathOf } from './document-place.js';
import { isHiddenName } from './target.js';

/** A hidden file that is being written, noted so that it is taken away even when the host is killed. */
export interface Hidden {
  readonly place: DocumentPlace;
  /** It has got its name, or is gone. */
  settled(): void;
}

/** Notes of hidden files, each a small file that names one and the process that writes it. */
export class Leftovers {
  readonly #folder: string;
  readonly #alive: (pid: number) => boolean;
  #cleaned = false;

  /** `folder` is the person's own and need not exist. */
  constructor(folder: string, alive: (pid: number) => boolean = isAlive) {
    this.#folder = folder;
    this.#alive = alive;
  }

  /** Notes that a hidden file comes into being in `folder`; `name` makes its name from a random one. */
  begin(folder: string, name: (random: string) => Buffer): Hidden {
    if (!this.#cleaned) this.clean();
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const random = randomBytes(8).toString('hex');
    const place = { folder, name: name(random) };
    const note = join(this.#folder, random);
    const text = JSON.stringify({ pid: process.pid, folder, name: place.name.toString('base64') });
    writeFileSync(note, text, { flag: 'wx', mode: 0o600 });
    return { place, settled: () => rmSync(note, { force: true }) };
  }

  /** Takes away what processes that have died left. Never fails. */
  clean(): void {
    this.#cleaned = true;
    for (const note of this.#notes()) {
      try {
        this.#clear(join(this.#folder, note));
      } catch {
        // Its disk may not be there now; the note stays for another time.
      }
    }
  }

  #clear(note: string): void {
    const { pid, folder, name } = parse(readFileSync(note, 'utf8'));
    if (pid !== undefined && this.#alive(pid)) return;
    const place = { folder, name: Buffer.from(name, 'base64') };
    if (pid !== undefined && isHiddenName(place.name)) remove(pathOf(place));
    unlinkSync(note);
  }

  #notes(): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((name) => /^[0-9a-f]{16}$/.test(name));
    } catch {
      return [];
    }
  }
}

/** Only a file of this person's own. */
function remove(path: Buffer): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && isOwn(found.uid)) unlinkSync(path);
}

function parse(text: string): { pid: number | undefined; folder: string; name: string } {
  try {
    const { pid, folder, name } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    if (typeof pid === 'number' && typeof folder === 'string' && typeof name === 'string') return { pid, folder, name };
  } catch {
    // A note of which the end is missing was written just before the host died: its file was not there yet.
  }
  return { pid: undefined, folder: '', name: '' };
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isOwn(uid: number): boolean {
  const me = process.getuid?.();
  return me === undefined || me === 0 || me === uid;
}
