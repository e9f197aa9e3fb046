import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../e2e/sigill.js';
import { type PcscDaemon, pcscDaemon } from './pcscd.js';
import { quickPorts } from './quick-ports.js';
import { VirtualCard } from './virtual-card.js';

/** pcscd with vpcd, the slots of its reader, and a person's home in which nothing runs yet. */
export interface CardTable {
  readonly home: Home;
  readonly daemon: PcscDaemon;
  /** Where cards are put in. */
  readonly ports: readonly [number, number];
  /** What a person's programs find at their start. */
  readonly environment: NodeJS.ProcessEnv;
  /** Cards that are in. */
  readonly count: number;
  /** A path below the home's folder. */
  at(...names: readonly string[]): string;
  /** The card in a slot. */
  card(slot: 0 | 1): VirtualCard;
  put(slot: 0 | 1, card: string): Promise<void>;
  pull(slot: 0 | 1): Promise<void>;
  close(): Promise<void>;
}

/** Lays it with a card in each slot, at most two. */
export async function cardTable(...cards: readonly string[]): Promise<CardTable> {
  const home = new Home();
  const daemon = await pcscDaemon();
  const quick = await quickPorts(daemon);
  const { ports } = quick;
  const slots = new Map<number, VirtualCard>();
  const at = (...names: readonly string[]): string => join(home.folder, ...names);
  for (const name of ['home', 'runtime', 'runtime/p11-kit']) mkdirSync(at(name), { mode: 0o700 });
  const card = (slot: 0 | 1): VirtualCard => {
    const found = slots.get(slot);
    if (found === undefined) throw new Error(`No card is in slot ${slot}`);
    return found;
  };
  const put = async (slot: 0 | 1, spec: string): Promise<void> =>
    void slots.set(slot, await VirtualCard.put(home, spec, ports[slot]));
  await daemon.start();
  await Promise.all(cards.map((spec, slot) => put(slot as 0 | 1, spec)));
  return {
    home,
    daemon,
    ports,
    environment: home.environment(daemon.env),
    get count() {
      return slots.size;
    },
    at,
    card,
    put,
    async pull(slot) {
      await card(slot).pull();
      slots.delete(slot);
    },
    async close() {
      await Promise.all([...slots.values()].map((one) => one.pull()));
      await quick.dispose();
      await daemon.dispose();
      home.remove();
    },
  };
}
