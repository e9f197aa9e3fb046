import { parseAtr } from '../card/atr.js';
import type { Disposable } from '../disposable.js';
import type { Protocol } from '../card/pcsc.js';
import { type LoggedApdu, shownCommand } from './apdu-log.js';
import { toHex } from '../card/bytes.js';
import { CardTransport } from './card-transport.js';
import { Chip } from './chip.js';
import type { CardCounters } from './card-counters.js';
import type { ChipImage, PinState } from './chip-image.js';
import { type Clock, VirtualClock } from './clock.js';
import { CardLost, type Fault, Faults } from './fault.js';
import { readSnapshot, writeSnapshot } from './snapshot.js';

/** What a simulated card is made of. `origin` is how `createCard` was asked for it; it stands in the snapshot. */
export interface CardMake {
  readonly image: ChipImage;
  readonly pins: ReadonlyMap<number, PinState>;
  readonly origin: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
}

/** A simulated card at APDU level: deterministic, with counters, a log and faults. Made by `createCard`. */
export class SimulatedCard {
  readonly #make: CardMake;
  readonly #faults = new Faults();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(exchange: LoggedApdu) => void>();
  readonly clock: Clock;
  #chip: Chip;
  #transport: CardTransport;
  #powered = false;
  #log: LoggedApdu[] = [];
  #apdus = 0;
  #getResponses = 0;
  #resets = 0;
  /** Milliseconds on the clock that every command takes. */
  latency = 0;

  constructor(make: CardMake) {
    this.#make = make;
    this.clock = make.clock ?? new VirtualClock();
    this.#chip = new Chip(make.image, make.pins);
    this.#transport = new CardTransport(this.#chip, this.protocols[0] ?? 'T=0');
  }

  get atr(): Uint8Array {
    return this.#make.image.atr.slice();
  }

  /** What its answer to reset offers, T=1 first: pcscd prefers it. */
  get protocols(): readonly Protocol[] {
    return [...parseAtr(this.#make.image.atr).protocols].sort((a, b) => b.localeCompare(a));
  }

  get protocol(): Protocol {
    return this.#transport.protocol;
  }

  get counters(): CardCounters {
    const presentations = this.#chip.pins.evaluated;
    return { apdus: this.#apdus, getResponses: this.#getResponses, presentations, resets: this.#resets };
  }

  /** Everything sent and answered so far; no PIN in it. */
  get log(): readonly LoggedApdu[] {
    return this.#log;
  }

  /** PINs by reference: what a test compares with what the host believes. */
  get pins(): ReadonlyMap<number, PinState> {
    return this.#chip.pins.states;
  }

  /** True while the PIN with this reference counts as verified. */
  isVerified(reference: number): boolean {
    return this.#chip.pins.verified(reference);
  }

  /** Cold reset: gives the answer to reset. The reader picks a protocol that the card offers. */
  powerOn(protocol?: Protocol): Uint8Array {
    this.#powered = true;
    if (protocol !== undefined && this.protocols.includes(protocol)) this.#transport.protocol = protocol;
    return this.#forget();
  }

  powerOff(): void {
    this.#powered = false;
    this.#forget();
  }

  /** Warm reset: what was selected and verified is forgotten. */
  reset(): Uint8Array {
    this.#resets++;
    return this.#forget();
  }

  /** The response to one command APDU: always at least a status word. Fails with `CardLost` only, as faults say. */
  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    if (!this.#powered) throw new CardLost('error');
    const faults = this.#faults.next(apdu[1]);
    const number = this.#log.length + 1;
    const entry = { number, command: shownCommand(apdu) };
    if (apdu[1] === 0xc0) this.#getResponses++;
    else this.#apdus++;
    // The place in the log is taken before any waiting.
    this.#log.push(entry);
    const slow = faults.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.milliseconds : 0), this.latency);
    const resets = this.#resets;
    if (slow > 0) await this.clock.wait(slow);
    try {
      // What happened to the card while it took its time: the command was not done.
      if (!this.#powered) throw new CardLost('removed');
      if (this.#resets !== resets) throw new CardLost('reset');
      const response = this.#answer(apdu, faults);
      this.#logged({ ...entry, response: toHex(response) });
      return response;
    } catch (lost) {
      this.#logged(entry);
      throw lost;
    }
  }

  /** Puts in a fault; it happens once. */
  inject(fault: Fault): void {
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** Faults that have not happened yet. */
  get faultsLeft(): number {
    return this.#faults.left;
  }

  /** Calls `changed` after every command that changed what the chip keeps, before its answer is given. */
  watch(changed: () => void): Disposable {
    this.#watchers.add(changed);
    return { dispose: () => this.#watchers.delete(changed) };
  }

  /** Calls `listener` with every exchange. */
  listen(listener: (exchange: LoggedApdu) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** What the chip keeps without power, PIN values included, as JSON: the simulated card itself. */
  snapshot(): string {
    return writeSnapshot({ origin: this.#make.origin, pins: this.#chip.pins.states });
  }

  /** Takes the chip back to a snapshot of such a card; counters and log start anew. Fails with `card-malformed`. */
  restore(snapshot: string): void {
    const { protocol } = this;
    this.#chip = new Chip(this.#make.image, readSnapshot(snapshot).pins);
    this.#transport = new CardTransport(this.#chip, protocol);
    [this.#apdus, this.#getResponses, this.#resets] = [0, 0, 0];
    this.#log = [];
  }

  #answer(apdu: Uint8Array, faults: readonly Fault[]): Uint8Array {
    for (const fault of faults) {
      if (fault.kind === 'removed-before') throw new CardLost('removed');
      if (fault.kind === 'reset-before') {
        this.reset();
        throw new CardLost('reset');
      }
    }
    const forced = faults.find((fault) => fault.kind === 'status');
    if (forced && !forced.executed) return bytes(new Uint8Array(), forced.status);
    const before = this.#chip.pins.states;
    const kept = new Map(before);
    const { data, status } = this.#transport.process(apdu);
    if ([...before].some(([reference, state]) => kept.get(reference) !== state))
      for (const tell of this.#watchers) tell();
    const lost = faults.find((fault) => fault.kind === 'executed-reply-lost');
    if (lost) throw new CardLost(lost.then ?? 'removed');
    return forced ? bytes(new Uint8Array(), forced.status) : bytes(data, status);
  }

  #logged(exchange: LoggedApdu): void {
    this.#log[exchange.number - 1] = exchange;
    for (const tell of this.#listeners) tell(exchange);
  }

  #forget(): Uint8Array {
    this.#chip.reset();
    this.#transport.reset();
    return this.atr;
  }
}

function bytes(data: Uint8Array, status: number): Uint8Array {
  return Uint8Array.of(...data, status >> 8, status & 0xff);
}
