import { join } from 'node:path';
import type { Log } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { parseCardName, SimulatedReaders } from '@sigill/core/sim';
import { ownFolder } from '../paths.js';
import { KeptCard } from '../simulate/kept-card.js';

/** The word for a simulated reader without a card. */
const noCard = 'empty';

/** Simulated readers, one for each of `specs` (`CARD[:STATE]` or `empty`); their cards are kept in `folder` from one start to the next. */
export async function simulatedPcsc(specs: readonly string[], folder: string, log: Log): Promise<Pcsc> {
  const readers = new SimulatedReaders();
  for (const [index, spec] of specs.entries()) {
    const reader = `Sigill Simulated Reader ${String(index).padStart(2, '0')} 00`;
    readers.addReader(reader);
    if (spec === noCard) continue;
    const { name, state } = parseCardName(spec);
    // The same card in two readers is two cards.
    const earlier = specs.slice(0, index).filter((other) => other === spec).length;
    const file = `${name}-${state}${earlier === 0 ? '' : `-${earlier + 1}`}.json`;
    readers.insert(reader, KeptCard.open(join(ownFolder(folder), file), name, state).card);
    log.debug(`${reader} holds ${file}`);
  }
  return readers;
}
