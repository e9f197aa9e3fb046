import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CachedCard, type CardCache, isCachedCard } from '@sigill/core/card';
import { cardFileName, longestFile, readCardFile, writeCardFile } from './cached-card-file.js';
import { Turns } from './turns.js';

/** Cards that are remembered; the one that was kept longest ago goes first. */
const mostCards = 64;

/**
 * Public data of cards seen before, in files that only their owner can read. A card is known by its first certificate's first bytes
 * (`isCachedCard`), so a renewed one is read anew. Whatever is wrong with the folder, the cards of this start are remembered.
 */
export class PublicCardCache implements CardCache {
  readonly #folder: string;
  readonly #turns = new Turns();
  /** By file name, the newest last. */
  #cards: Map<string, CachedCard> | undefined;

  /** `folder` is made when it is missing; the cards stand in its folder `cards`. */
  constructor(folder: string) {
    this.#folder = join(folder, 'cards');
  }

  find(profile: string, length: number, head: Uint8Array): CachedCard | undefined {
    const cards = [...this.#load().values()];
    return cards.findLast((card) => isCachedCard(card, profile, length, head));
  }

  keep(card: CachedCard): void {
    const text = writeCardFile(card);
    if (card.certificates.length === 0 || text.length > longestFile) return;
    const cards = this.#load();
    const name = cardFileName(card);
    cards.delete(name);
    cards.set(name, card);
    const [oldest] = cards.keys();
    const tooMany = cards.size > mostCards ? oldest : undefined;
    if (tooMany !== undefined) cards.delete(tooMany);
    void this.#turns.run(async () => {
      await this.#write(name, text);
      if (tooMany !== undefined) await rm(join(this.#folder, tooMany), { force: true }).catch(() => undefined);
    });
  }

  /** Resolves when everything kept so far is in its file, or could not be written. */
  written(): Promise<void> {
    return this.#turns.run(() => Promise.resolve());
  }

  // Beside and renamed, so that nobody ever reads half a card.
  async #write(name: string, text: string): Promise<void> {
    const beside = join(this.#folder, `${name}.${process.pid}.new`);
    try {
      await writeFile(beside, text, { mode: 0o600 });
      await rename(beside, join(this.#folder, name));
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }

  #load(): Map<string, CachedCard> {
    this.#cards ??= readFolder(this.#folder);
    return this.#cards;
  }
}

function readFolder(folder: string): Map<string, CachedCard> {
  const cards = new Map<string, CachedCard>();
  for (const name of namesByAge(folder)) {
    const card = readFile(join(folder, name));
    if (card && cardFileName(card) === name) cards.set(name, card);
    else remove(join(folder, name));
  }
  for (const name of [...cards.keys()].slice(0, -mostCards)) {
    cards.delete(name);
    remove(join(folder, name));
  }
  return cards;
}

function namesByAge(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const names = readdirSync(folder).map((name) => ({ name, age: statSync(join(folder, name)).mtimeMs }));
    return names.sort((a, b) => a.age - b.age).map(({ name }) => name);
  } catch {
    return [];
  }
}

function readFile(path: string): CachedCard | undefined {
  try {
    return statSync(path).size <= longestFile ? readCardFile(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is not ours, or the folder cannot be written: it is ignored all the same.
  }
}
