import { SimulatedReaders } from '@sigill/core/sim';
import { onStage, reader } from './stage.mjs';

/** As `onStage`, with one simulated reader: `insert(card)` gives what it took until the card's state was told. */
export async function withReader(use) {
  const readers = new SimulatedReaders();
  readers.addReader(reader);
  await onStage(async (stage) => {
    const insert = (card, told) => inserted(stage, readers, card, told);
    await use({ ...stage, insert, remove: () => readers.remove(reader) });
  }, readers);
}

async function inserted({ host, settled }, readers, simulated, told = () => {}) {
  const start = performance.now();
  let then;
  const known = settled(() => {
    then = { milliseconds: performance.now() - start, counters: { ...simulated.counters } };
    told();
  });
  readers.insert(reader, simulated);
  const { card, state } = await known;
  // What the card's queue still has to read is not part of it, and is not to be part of the next.
  await host.cards.use(card.id, async () => {});
  return { ...then, state, card: host.cards.card(card.id) };
}
