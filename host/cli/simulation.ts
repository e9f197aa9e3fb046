import { join } from 'node:path';
import { type Disposable, DisposableStore, Failure } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { type Fault, parseCardName, SimulatedReaders } from '@sigill/core/sim';
import { ownFolder } from '../paths.js';
import { KeptCard } from '../simulate/kept-card.js';

export interface SimulationSettings {
  /** One for each reader: `CARD`, `CARD:STATE`, or `empty`. */
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
}

/** The word for a simulated reader without a card. */
const noCard = 'empty';

/** Fails with `simulation-unknown`, `cancelled`, and as `KeptCard.open` does. */
export async function simulate({ cards, folder, faults, signal }: SimulationSettings): Promise<Simulation> {
  const readers = new SimulatedReaders();
  const kept = new DisposableStore();
  try {
    for (const [index, spec] of cards.entries()) {
      const reader = `Sigill Simulated Reader ${String(index).padStart(2, '0')} 00`;
      readers.addReader(reader);
      if (spec === noCard) continue;
      const { name, state } = parseCardName(spec);
      const path = join(ownFolder(folder), fileOf(`${name}-${state}`, cards.slice(0, index), spec));
      const { card } = kept.add(await KeptCard.open(path, name, state, { signal }));
      for (const fault of parseFaults(faults)) card.inject(fault);
      readers.insert(reader, card);
    }
    return { pcsc: readers, kept };
  } catch (error) {
    kept.dispose();
    throw signal.aborted ? new Failure('cancelled', {}, error) : error;
  }
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
