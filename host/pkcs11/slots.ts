import { type Card, type CardId, type Disposable, inLanguage, type Pin, type Reader } from '@sigill/core';
import { type Observable, Subject, type Subscription } from 'rxjs';

/** A card behind one of its PINs. */
export interface Token {
  readonly card: Card;
  /** The PIN that its keys are behind; absent for a card without such keys. */
  readonly pin?: Pin;
  /** At most 32 bytes: what programs show, and what they remember a certificate by. */
  readonly label: string;
  /** At most 16 bytes. */
  readonly serial: string;
}

/** A place for a token: of every reader as many as cards have PINs. */
export interface Slot {
  readonly id: number;
  readonly reader: string;
  /** 0 for the first PIN of a card. */
  readonly index: number;
  readonly token?: Token;
}

/** Slots of a reader, whether a card is in or not: programs ask for the list once, before a card is there. */
const slotsOfReader = 2;
/** PinId has four PINs. */
const mostSlots = 4;

/** The slots as the readers are now, from memory: no question here reaches a card. */
export class Slots implements Disposable {
  /** Ids of slots whose token came or went. */
  readonly changes: Observable<number>;
  readonly #changes = new Subject<number>();
  readonly #numbers = new Map<string, number>();
  readonly #watch: Subscription;
  #slots: readonly Slot[] = [];

  constructor(readers: Observable<readonly Reader[]>) {
    this.changes = this.#changes.asObservable();
    this.#watch = readers.subscribe((now) => this.#take(now));
  }

  get list(): readonly Slot[] {
    return this.#slots;
  }

  find(id: number): Slot | undefined {
    return this.#slots.find((slot) => slot.id === id);
  }

  dispose(): void {
    this.#watch.unsubscribe();
    this.#changes.complete();
  }

  #take(readers: readonly Reader[]): void {
    const before = this.#slots;
    const cards = readers.flatMap(({ card }) => (card === undefined ? [] : [card]));
    this.#slots = readers.flatMap((reader) => this.#slotsOf(reader, cards));
    const seen = new Set([...before, ...this.#slots].map(({ id }) => id));
    for (const id of seen) {
      if (cardIn(before, id) !== cardIn(this.#slots, id)) this.#changes.next(id);
    }
  }

  #slotsOf({ name, card }: Reader, cards: readonly Card[]): readonly Slot[] {
    const pins = card === undefined ? [] : pinsOf(card);
    const count = Math.min(mostSlots, Math.max(slotsOfReader, pins.length));
    return Array.from({ length: count }, (_, index): Slot => {
      const place = { id: this.#number(name) * mostSlots + index + 1, reader: name, index };
      const pin = pins[index];
      if (card === undefined || (pin === undefined && index > 0)) return place;
      return { ...place, token: tokenOf(card, pin, cards) };
    });
  }

  // A reader that is plugged in again has the numbers that it had.
  #number(reader: string): number {
    const known = this.#numbers.get(reader) ?? this.#numbers.size;
    this.#numbers.set(reader, known);
    return known;
  }
}

/** The PINs of a card that keys are behind, in their order. */
function pinsOf(card: Card): readonly Pin[] {
  const needed = new Set(card.certificates.flatMap(({ key }) => key.pin ?? []));
  return card.pins.filter(({ id }) => needed.has(id));
}

function cardIn(slots: readonly Slot[], id: number): CardId | undefined {
  return slots.find((slot) => slot.id === id)?.token?.card.id;
}

const longestLabel = 32;

function tokenOf(card: Card, pin: Pin | undefined, cards: readonly Card[]): Token {
  // Programs write the label down, so it does not follow the language; a second card of the same kind is told by a number.
  const kind = inLanguage(card.label, 'en');
  const alike = cards.filter((one) => inLanguage(one.label, 'en') === kind).indexOf(card);
  const tail = `${alike > 0 ? ` ${alike + 1}` : ''}${pin === undefined ? '' : ` (${pin.id})`}`;
  const serial = card.serial ?? card.certificates[0]?.sha256 ?? card.id;
  return {
    card,
    ...(pin && { pin }),
    label: `${cut(kind, longestLabel - tail.length)}${tail}`,
    serial: cut(card.serial === undefined ? serial : serial.slice(-16), 16),
  };
}

/** The beginning of `text` in at most `length` bytes of UTF-8. */
function cut(text: string, length: number): string {
  let cut = '';
  for (const character of text) {
    if (Buffer.byteLength(cut + character) > length) break;
    cut += character;
  }
  return cut.trimEnd();
}
