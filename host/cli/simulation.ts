import { join } from 'node:path';
import { type Disposable, DisposableStore, Failure } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { type Fault, parseCardName, type SimulatedCard, SimulatedKeypad, SimulatedReaders } from '@sigill/core/sim';
import { ownFolder } from '../paths.js';
import type { Hand } from '../simulate/hand.js';
import { keypadIn } from '../simulate/keypad-person.js';
import { KeptCard } from '../simulate/kept-card.js';

export interface SimulationSettings {
  /** One for each reader: `CARD`, `CARD:STATE`, or `empty`, with `@keypad` behind it for a reader with a keypad (`keypadIn`). */
  readonly cards: readonly string[];
  /** Where cards are kept from one start to the next. */
  readonly folder: string;
  /** Faults that every card has, as JSON: for whoever tests what happens then. */
  readonly faults: string | undefined;
  readonly signal: AbortSignal;
}

/** Simulated readers with their cards; no other command has these cards until `kept` is given back. */
export interface Simulation {
  readonly pcsc: Pcsc;
  readonly kept: Disposable;
  /** What a hand can do with the simulated cards. */
  readonly hand?: Hand;
}

/** The word for a simulated reader without a card. */
const noCard = 'empty';

/** Fails with `simulation-unknown`, `cancelled`, and as `KeptCard.open` does. */
export async function simulate({ cards, folder, faults, signal }: SimulationSettings): Promise<Simulation> {
  const readers = new SimulatedReaders();
  const kept = new DisposableStore();
  const own = new Map<string, SimulatedCard | undefined>();
  try {
    for (const [index, spec] of cards.entries()) {
      const reader = `Sigill Simulated Reader ${String(index).padStart(2, '0')} 00`;
      const { card: wanted, person } = keypadIn(spec);
      const keypad = person && new SimulatedKeypad((question) => person(question, readers.card(reader), signal));
      readers.addReader(reader, keypad === undefined ? {} : { control: keypad.control });
      own.set(reader, undefined);
      if (wanted === noCard) continue;
      const { name, state } = parseCardName(wanted);
      const path = join(
        ownFolder(folder),
        fileOf(
          `${name}-${state}`,
          cards.slice(0, index).map((one) => keypadIn(one).card),
          wanted,
        ),
      );
      const { card } = kept.add(await KeptCard.open(path, name, state, { signal }));
      for (const fault of parseFaults(faults)) card.inject(fault);
      readers.insert(reader, card);
      own.set(reader, card);
    }
    return { pcsc: readers, kept, hand: handFor(readers, own) };
  } catch (error) {
    kept.dispose();
    throw signal.aborted ? new Failure('cancelled', {}, error) : error;
  }
}

function handFor(readers: SimulatedReaders, own: ReadonlyMap<string, SimulatedCard | undefined>): Hand {
  const named = (wanted: string): readonly [string, SimulatedCard] => {
    const names = [...own.keys()];
    const name = names.find((one) => one === wanted) ?? (wanted === '' ? names[0] : undefined);
    if (name === undefined) throw new Failure('reader-unknown', { reader: wanted, readers: names });
    const card = own.get(name);
    if (card === undefined) throw new Failure('no-card', { reader: name });
    return [name, card];
  };
  return {
    remove: (reader) => {
      const [name] = named(reader);
      if (readers.card(name) !== undefined) readers.remove(name);
    },
    insert: (reader) => {
      const [name, card] = named(reader);
      if (readers.card(name) === undefined) readers.insert(name, card);
    },
  };
}

/** The same card in two readers is two cards. */
function fileOf(name: string, earlier: readonly string[], spec: string): string {
  const number = earlier.filter((other) => other === spec).length + 1;
  return number === 1 ? `${name}.json` : `${name}-${number}.json`;
}

function parseFaults(text: string | undefined): readonly Fault[] {
  if (text === undefined || text === '') return [];
  try {
    return JSON.parse(text) as readonly Fault[];
  } catch (error) {
    throw new Failure('usage', { why: 'SIGILL_SIMULATE_FAULTS' }, error);
  }
}
