import type { ChipPin, Dialect, PinState } from './chip-image.js';
import { readPinBlock } from './pin-block.js';
import { status } from './status.js';

/** The PINs of one chip: values, tries and what was verified (cards.md §1.6). Every method answers with a status word. */
export class ChipPins {
  readonly #dialect: Dialect;
  readonly #pins: ReadonlyMap<number, ChipPin>;
  readonly #states: Map<number, PinState>;
  readonly #verified = new Set<number>();
  #evaluated = 0;

  constructor(dialect: Dialect, pins: readonly ChipPin[], states: ReadonlyMap<number, PinState>) {
    this.#dialect = dialect;
    this.#pins = new Map(pins.map((pin) => [pin.reference, pin]));
    this.#states = new Map(states);
  }

  /** Presentations that were compared with a stored value: each could have cost a try. */
  get evaluated(): number {
    return this.#evaluated;
  }

  /** What every PIN holds, by reference. */
  get states(): ReadonlyMap<number, PinState> {
    return this.#states;
  }

  verified(reference: number): boolean {
    return this.#verified.has(reference);
  }

  /** Forgets what was verified: one PIN, or all of them. */
  drop(reference?: number): void {
    if (reference === undefined) this.#verified.clear();
    else this.#verified.delete(reference);
  }

  /** The PIN and its state; nothing for a reference that is unknown from where the caller stands. */
  find(reference: number, insideApplication: boolean): { pin: ChipPin; state: PinState } | undefined {
    const pin = this.#pins.get(reference);
    const state = this.#states.get(reference);
    if (!pin || !state || (pin.local && !insideApplication)) return undefined;
    return { pin, state };
  }

  /** VERIFY without a body: costs nothing. */
  probe(pin: ChipPin): number {
    const state = this.#state(pin);
    if (this.#verified.has(pin.reference)) return status.done;
    return unusable(state) ?? status.wrongPin + state.triesLeft;
  }

  verify(pin: ChipPin, body: Uint8Array): number {
    const blocked = unusable(this.#state(pin));
    if (blocked !== undefined) return blocked;
    const digits = readPinBlock(body, this.#dialect.pin, pin);
    if (typeof digits === 'number') return digits;
    const answer = this.#compare(pin, digits);
    if (answer === status.done) this.#verified.add(pin.reference);
    return answer;
  }

  /** CHANGE REFERENCE DATA: the present value and the new one in one body. */
  change(pin: ChipPin, body: Uint8Array): number {
    if (pin.role === 'puk') return status.noPinVerified;
    const state = this.#state(pin);
    const blocked = unusable(state);
    if (blocked !== undefined) return blocked;
    // Without blocks only the stored length tells where the present value ends.
    const [old, fresh] = this.#split(body, state.digits.length);
    const present = readPinBlock(old, this.#dialect.pin, pin);
    if (typeof present === 'number') return present;
    const value = readPinBlock(fresh, this.#dialect.pin, pin, 'new');
    if (typeof value === 'number' && this.#dialect.pin.blockLength !== undefined) return value;
    const answer = this.#compare(pin, present);
    if (answer !== status.done) return answer;
    if (typeof value === 'number') return value;
    if (this.#dialect.refuseSame && present === value) return status.conditions;
    return this.#set(pin, value);
  }

  /** RESET RETRY COUNTER: PUK and new value in one body, or the new value alone after VERIFY of the PUK. */
  unblock(pin: ChipPin, body: Uint8Array): number {
    const puk = pin.puk === undefined ? undefined : this.#pins.get(pin.puk);
    if (!puk) return status.noPinVerified;
    const format = this.#dialect.pin;
    if (this.#dialect.unblock === 'verify-puk-first') {
      if (!this.#verified.has(puk.reference)) return status.noPinVerified;
      const value = readPinBlock(body, format, pin, 'new');
      return typeof value === 'number' ? value : this.#set(pin, value);
    }
    const blocked = unusable(this.#state(puk));
    if (blocked !== undefined) return blocked;
    const [code, fresh] = this.#split(body, this.#state(puk).digits.length);
    const presented = readPinBlock(code, format, puk);
    if (typeof presented === 'number') return presented;
    const value = readPinBlock(fresh, format, pin, 'new');
    if (typeof value === 'number') return value;
    const answer = this.#compare(puk, presented);
    return answer === status.done ? this.#set(pin, value) : answer;
  }

  #split(body: Uint8Array, stored: number): [Uint8Array, Uint8Array] {
    const middle = this.#dialect.pin.blockLength ?? stored;
    return [body.subarray(0, middle), body.subarray(middle)];
  }

  #compare(pin: ChipPin, digits: string): number {
    const state = this.#state(pin);
    this.#evaluated++;
    this.#verified.delete(pin.reference);
    const right = state.digits === digits;
    const triesLeft = right ? pin.triesMax : state.triesLeft - 1;
    this.#states.set(pin.reference, { ...state, triesLeft });
    return right ? status.done : status.wrongPin + triesLeft;
  }

  #set(pin: ChipPin, digits: string): number {
    this.#states.set(pin.reference, { digits, triesLeft: pin.triesMax, set: true, changed: true });
    this.#verified.delete(pin.reference);
    return status.done;
  }

  #state(pin: ChipPin): PinState {
    const state = this.#states.get(pin.reference);
    if (!state) throw new Error(`The card has no state for PIN reference ${pin.reference}`);
    return state;
  }
}

function unusable(state: PinState): number | undefined {
  if (!state.set) return status.pinNotSet;
  return state.triesLeft > 0 ? undefined : status.pinLocked;
}
