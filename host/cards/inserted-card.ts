import { randomUUID } from 'node:crypto';
import { type Card, type CardDetails, type CardId, Failure, failureData, isFailure, type Reader } from '@sigill/core';
import type { Log } from '@sigill/core';
import {
  type CachedCertificate,
  type CardCache,
  type CardProfile,
  type CardReading,
  type Pcsc,
  readCard,
  readDetails,
  refreshCard,
} from '@sigill/core/card';
import type { CardSession } from './card-access.js';
import type { CardLine } from './card-line.js';
import { type KnownCard, useCard } from './card-use.js';
import type { Clock } from './clock.js';
import { failedReader } from './failed-reader.js';
import { insist } from './insist.js';
import { openLine } from './open-line.js';
import { Turns } from './turns.js';

/** What the cards of all readers share. */
export interface CardNeeds {
  readonly pcsc: Pcsc;
  readonly profiles: readonly CardProfile[];
  readonly cache: CardCache;
  readonly clock: Clock;
  readonly log: Log;
}

// Another program may keep a card for minutes; then it is worth a look now and then.
const busyPause = 30_000;

/** One card from its insertion to its removal: its queue, its state, and what was read of it. */
export class InsertedCard {
  readonly id: CardId = randomUUID();
  readonly #needs: CardNeeds;
  readonly #reader: string;
  readonly #show: (reader: Reader) => void;
  readonly #queue = new Turns();
  readonly #gone = new AbortController();
  #known: KnownCard | undefined;
  #stored: readonly CachedCertificate[] | undefined;
  #details: Promise<CardDetails> | undefined;

  /** `show` is told each new state, the first one by `read`. */
  constructor(needs: CardNeeds, reader: string, show: (reader: Reader) => void) {
    this.#needs = needs;
    this.#reader = reader;
    this.#show = (state) => {
      if (!this.#gone.signal.aborted) show(state);
    };
  }

  /** As last read; undefined until then. */
  get card(): Card | undefined {
    return this.#known?.card;
  }

  /** The profile that it was last read by. Fails with `card-removed`. */
  get profile(): CardProfile {
    return this.#present().profile;
  }

  /** As `CardAccess.stored`. */
  get stored(): readonly CachedCertificate[] | undefined {
    return this.#stored;
  }

  /** Reads the card and shows its state. Never fails. */
  async read(): Promise<void> {
    const { clock, log } = this.#needs;
    const { signal } = this.#gone;
    this.#show({ name: this.#reader, state: 'reading' });
    while (!signal.aborted) {
      try {
        const reading = await this.#queue.run(() => insist(clock, signal, () => this.#readOnce()));
        this.#learnAll(reading);
        log.info(`${this.#reader}: read by profile ${reading.profile.id}`);
        return this.#readTheRest(reading);
      } catch (error) {
        if (signal.aborted) return;
        log.info(`${this.#reader}: not read, ${failureData(error).code}`);
        this.#showFailure(error);
        if (!isFailure(error, 'reader-busy')) return;
      }
      await clock.pause(busyPause, signal);
    }
  }

  /** As `CardAccess.use`. */
  use<T>(use: (session: CardSession) => Promise<T>): Promise<T> {
    return this.#queue.run(async (wanted) => {
      const line = await this.#open();
      const { result, after } = await useCard(line, this.#present(), use, wanted);
      if (after) this.#learn(after);
      else await this.#readAgain();
      if ('error' in result) throw result.error;
      return result.value;
    });
  }

  /** As `CardAccess.control`. */
  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#queue.run(() => this.#with((line) => line.control(code, data)));
  }

  /** As `Cards.details`; read once for an insertion. */
  details(): Promise<CardDetails> {
    this.#details ??= this.#queue.run(() => this.#with((line) => readDetails(line.channel, this.#present().profile)));
    const reading = this.#details;
    reading.catch(() => {
      if (this.#details === reading) this.#details = undefined;
    });
    return reading;
  }

  /** The card has left, or nobody watches any more: what waits is refused and nothing more is shown. */
  leave(): void {
    this.#gone.abort();
  }

  #readOnce(): Promise<CardReading> {
    const { profiles, cache } = this.#needs;
    const { id } = this;
    return this.#with(({ channel, atr }) => readCard(channel, { reader: this.#reader, id, atr, profiles, cache }));
  }

  /** What could wait until the state was shown. */
  #readTheRest({ complete, profile }: CardReading): void {
    if (!complete) return;
    const rest = this.#queue.run(() =>
      this.#with(async (line) => {
        await line.select(profile);
        this.#learnAll(await complete(line.channel));
      }),
    );
    rest.catch((error: unknown) => this.#needs.log.debug(`${this.#reader}: rest not read, ${failureData(error).code}`));
  }

  /** After a use that left the state unknown. Never fails. */
  async #readAgain(): Promise<void> {
    const { profile, card } = this.#present();
    try {
      const fresh = await insist(this.#needs.clock, this.#gone.signal, () =>
        this.#with(async (line) => {
          await line.select(profile);
          return refreshCard(line.channel, card, profile);
        }),
      );
      this.#learn({ profile, ...fresh });
    } catch (error) {
      this.#showFailure(error);
    }
  }

  async #with<T>(work: (line: CardLine) => Promise<T>): Promise<T> {
    const line = await this.#open();
    try {
      return await work(line);
    } finally {
      await line.close('leave');
    }
  }

  #open(): Promise<CardLine> {
    if (this.#gone.signal.aborted) return Promise.reject(new Failure('card-removed', { reader: this.#reader }));
    return openLine(this.#needs.pcsc, this.#reader);
  }

  #present(): KnownCard {
    if (!this.#known) throw new Failure('card-removed', { reader: this.#reader });
    return this.#known;
  }

  #learnAll(reading: CardReading): void {
    if (!reading.complete) this.#stored = reading.certificates;
    this.#learn(reading);
  }

  #learn({ card, profile, status, full = this.#known?.full }: KnownCard): void {
    this.#known = { card, profile, status, ...(full && { full }) };
    this.#show({ name: this.#reader, state: status, card });
  }

  #showFailure(error: unknown): void {
    if (!isFailure(error)) this.#needs.log.error(`${this.#reader}: ${error instanceof Error ? error.stack : error}`);
    this.#show(failedReader(this.#reader, error, this.#known?.card));
  }
}
