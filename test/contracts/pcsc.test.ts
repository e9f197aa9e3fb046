import type { Pcsc, PcscConnection } from '@sigill/core/card';
import { createCard, SimulatedReaders, VirtualClock } from '@sigill/core/sim';
import { describe } from 'vitest';
import { traced } from '../../host/cards/traced.js';
import { pcscContract } from './pcsc-contract.js';
import type { PcscWorld } from './pcsc-world.js';

const readers = ['Simulated 00 00', 'Simulated 01 00'] as const;

describe('simulated readers keep the contract', () => {
  pcscContract(() => simulatedWorld((pcsc) => pcsc));
});

describe('traced readers keep the contract', () => {
  pcscContract(() => simulatedWorld((pcsc) => traced(pcsc, () => undefined)));
});

/** A world of simulated readers. They are one service, so every `open` gives the same, and closing is counted for itself. */
async function simulatedWorld(wrap: (pcsc: Pcsc) => Pcsc): Promise<PcscWorld> {
  const clock = new HurriedClock();
  const simulated = new SimulatedReaders({ clock, transactionWait: 1 });
  for (const reader of readers) simulated.addReader(reader);
  return {
    readers,
    open: async () => wrap(openedApart(simulated)),
    async insert(reader, { leavesAt } = {}) {
      const card = createCard('fineid-v4', 'normal');
      simulated.insert(reader, card);
      if (leavesAt !== undefined) card.inject({ at: leavesAt, kind: 'executed-reply-lost' });
    },
    remove: async (reader) => simulated.remove(reader),
    stopService: async () => simulated.stopService(),
    startService: async () => simulated.startService(),
    foreignReset: async (reader) => simulated.foreignReset(reader),
    async foreignTransaction(reader) {
      const { begun, end } = simulated.foreignTransaction(reader);
      await begun;
      return { end: async () => end() };
    },
    dispose: () => simulated.close(),
  };
}

/** A clock on which whatever is waited for comes as soon as nothing else is to be done. */
class HurriedClock extends VirtualClock {
  override wait(milliseconds: number): Promise<void> {
    const waited = super.wait(milliseconds);
    setImmediate(() => this.advance(milliseconds));
    return waited;
  }
}

/** One of several users of the same readers: closing it closes only what it opened. */
function openedApart(simulated: SimulatedReaders): Pcsc {
  const connections = new Set<PcscConnection>();
  let only: SimulatedReaders | undefined = simulated;
  return {
    service: simulated.service,
    async connect(reader) {
      if (!only) return closedReaders().connect(reader);
      const connection = await only.connect(reader);
      connections.add(connection);
      return connection;
    },
    async close() {
      only = undefined;
      for (const connection of connections) await connection.disconnect('reset');
    },
  };
}

/** What is left of simulated readers after they were closed. */
function closedReaders(): Pcsc {
  const closed = new SimulatedReaders();
  void closed.close();
  return closed;
}
