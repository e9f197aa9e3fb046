import { Failure } from '../failure.js';
import type { Protocol, ReaderPresence } from '../card/pcsc.js';
import type { Clock } from './clock.js';
import type { SimulatedCard } from './simulated-card.js';

/** How a simulated reader differs from the plainest one. */
export interface SimulatedReaderOptions {
  /** Spoken when the card offers it; else T=1 first, as pcscd does. */
  readonly protocol?: Protocol;
  /** Answers SCardControl: a reader with a keypad. `transmit` reaches the card as its connection does. */
  readonly control?: (
    code: number,
    data: Uint8Array,
    transmit: (apdu: Uint8Array) => Promise<Uint8Array>,
  ) => Promise<Uint8Array>;
}

/** Who holds a transaction: one of our connections, or another program. */
export type Holder = object;

interface Waiting {
  readonly holder: Holder;
  /** True for who wants to hold the card, false for who only waits until nobody does. */
  readonly takes: boolean;
  settle(failure?: Failure): void;
}

/** One slot: the card in it, its insertions and resets, and who has it for a transaction. */
export class SimulatedReader {
  readonly name: string;
  readonly options: SimulatedReaderOptions;
  readonly #clock: Clock;
  readonly #wait: number;
  #card: SimulatedCard | undefined;
  #mute = false;
  #insertion = 0;
  #resets = 0;
  #holder: Holder | undefined;
  #queue: Waiting[] = [];

  constructor(name: string, options: SimulatedReaderOptions, clock: Clock, wait: number) {
    this.name = name;
    this.options = options;
    this.#clock = clock;
    this.#wait = wait;
  }

  get card(): SimulatedCard | undefined {
    return this.#card;
  }

  get mute(): boolean {
    return this.#mute;
  }

  /** Goes up at every insertion. */
  get insertion(): number {
    return this.#insertion;
  }

  /** Goes up at every reset. */
  get resets(): number {
    return this.#resets;
  }

  get presence(): ReaderPresence {
    const { name, insertion } = this;
    if (!this.#card) return { name, insertion };
    return this.#mute ? { name, insertion, mute: true } : { name, insertion, atr: this.#card.atr };
  }

  insert(card: SimulatedCard, mute: boolean): void {
    if (this.#card) throw new Error(`There is a card in ${this.name} already`);
    this.#card = card;
    this.#mute = mute;
    this.#insertion++;
    if (!mute) card.powerOn(this.options.protocol);
  }

  /** Pulls the card: whoever waited for it or held it has lost it. */
  remove(): void {
    this.#card?.powerOff();
    this.#card = undefined;
    this.#mute = false;
    this.#holder = undefined;
    const waiting = this.#queue.splice(0);
    for (const { settle } of waiting) settle(new Failure('card-removed', { reader: this.name }));
  }

  /** A reset by `by`, whose own connection goes on; all others notice. */
  reset(): void {
    if (!this.#card) return;
    this.#card.reset();
    this.#resets++;
  }

  /** Counts a reset that the card did by itself, as a fault says. */
  noteReset(): void {
    this.#resets++;
  }

  holds(holder: Holder): boolean {
    return this.#holder === holder;
  }

  /** Settles once `holder` has the card alone. Fails with `reader-busy` after the wait and with `card-removed`. */
  begin(holder: Holder): Promise<void> {
    return this.#turn(holder, true);
  }

  /** Settles once nobody else has the card. Fails as `begin`. */
  free(holder: Holder): Promise<void> {
    return this.#turn(holder, false);
  }

  end(holder: Holder): void {
    if (this.#holder !== holder) return;
    this.#holder = undefined;
    while (!this.#holder) {
      const next = this.#queue.shift();
      if (!next) return;
      if (next.takes) this.#holder = next.holder;
      next.settle();
    }
  }

  #turn(holder: Holder, takes: boolean): Promise<void> {
    if (!this.#holder || this.#holder === holder) {
      if (takes) this.#holder = holder;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { holder, takes, settle: (failure) => (failure ? reject(failure) : resolve()) };
      this.#queue.push(waiting);
      void this.#clock.wait(this.#wait).then(() => this.#giveUp(waiting));
    });
  }

  #giveUp(waiting: Waiting): void {
    const at = this.#queue.indexOf(waiting);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    waiting.settle(new Failure('reader-busy', { reader: this.name }));
  }
}
