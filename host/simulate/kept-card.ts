import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Disposable, Failure } from '@sigill/core';
import {
  type CardName,
  type CardOptions,
  type CardState,
  createCard,
  restoreCard,
  type SimulatedCard,
} from '@sigill/core/sim';
import { takeLock } from './lock-file.js';

/** Milliseconds between two looks at a lock that another command has, and how long that goes on. */
const pause = 25;
const patience = 30_000;

/** How a kept card is opened. */
export interface KeptCardOptions {
  /** For a card that is made now; a kept one is as it was made. */
  readonly card?: CardOptions;
  /** Ends the wait for another command. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for another command that has the card. */
  readonly patience?: number;
}

/**
 * A simulated card that lives in a file between commands: what one command sets, locks or spends, the next one finds.
 * The file is the card's chip: it holds the PINs of that simulated card, is readable by its owner alone, and is written before
 * the answer to a command leaves the card, so that a killed program gives no try back. `STATE` is how the card is made the
 * first time; callers name one file for each CARD:STATE, so `fineid-org:new-a` is activated once and stays so until it is forgotten.
 */
export class KeptCard implements Disposable {
  readonly card: SimulatedCard;
  readonly #watching: Disposable;
  readonly #release: () => void;

  private constructor(path: string, card: SimulatedCard, release: () => void) {
    this.card = card;
    this.#release = release;
    this.#watching = card.watch(() => write(path, card.snapshot()));
  }

  /**
   * Opens the card in the file at `path`, or makes it in `state`; its folder must be there. One command at a time has a card:
   * others wait. Fails with `simulated-busy` after the wait, `card-malformed` when the file holds something else, `file-unwritable`.
   */
  static async open(path: string, name: CardName, state: CardState, options: KeptCardOptions = {}): Promise<KeptCard> {
    const release = await lock(path, options);
    try {
      const kept = read(path);
      const card = kept === undefined ? createCard(name, state, options.card) : restoreCard(kept);
      if (kept === undefined) write(path, card.snapshot());
      return new KeptCard(path, card, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Throws the kept card away: the next `open` makes a new one. Fails as `open`. */
  static async forget(path: string, options: Pick<KeptCardOptions, 'signal' | 'patience'> = {}): Promise<void> {
    const release = await lock(path, options);
    try {
      rmSync(path, { force: true });
    } finally {
      release();
    }
  }

  /** Lets other commands have the card. */
  dispose(): void {
    this.#watching.dispose();
    this.#release();
  }
}

async function lock(path: string, options: Pick<KeptCardOptions, 'signal' | 'patience'>): Promise<() => void> {
  const end = performance.now() + (options.patience ?? patience);
  for (;;) {
    const release = writing(path, () => takeLock(`${path}.lock`));
    if (release) return release;
    if (performance.now() >= end) throw new Failure('simulated-busy', { card: basename(path, '.json') });
    await setTimeout(pause, undefined, { signal: options.signal });
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Beside it first, then in its place: a reader finds the old card or the new one, never half of one. */
function write(path: string, text: string): void {
  writing(path, () => {
    const beside = `${path}.new`;
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, path);
  });
}

function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new Failure('file-unwritable', { path, why: error instanceof Error ? error.message : String(error) }, error);
  }
}
