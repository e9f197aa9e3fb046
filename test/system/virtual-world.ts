import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Pcsc } from '@sigill/core/card';
import { cardAtr, type PcscWorld } from '../contracts/pcsc-world.js';
import { type PcscDaemon, virtualReaders } from './pcscd.js';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A world of real PC/SC: pcscd, the virtual reader, a card and other programs in processes of their own. */
export async function virtualWorld(daemon: PcscDaemon, open: () => Promise<Pcsc>): Promise<PcscWorld> {
  const cards = new Map<string, ChildProcess>();
  const others = new Set<ChildProcess>();
  const opened: Pcsc[] = [];
  await daemon.start();

  async function insert(reader: string, leavesAt = 0): Promise<void> {
    const port = daemon.ports[virtualReaders.indexOf(reader as never)];
    const card = fork(script('echo-card.mjs'), [String(port), Buffer.from(cardAtr).toString('hex'), String(leavesAt)]);
    cards.set(reader, card);
    await once(card, 'spawn');
  }

  async function foreign(reader: string, task: string, answer: string): Promise<ChildProcess> {
    const program = fork(script('foreign-program.mjs'), [reader, task], { env: { ...process.env, ...daemon.env } });
    others.add(program);
    await answered(program, answer);
    return program;
  }

  const inserted = new Map<string, number>();
  return {
    readers: virtualReaders,
    async open() {
      const pcsc = await open();
      opened.push(pcsc);
      return pcsc;
    },
    async insert(reader, { leavesAt } = {}) {
      inserted.set(reader, leavesAt ?? 0);
      await insert(reader, leavesAt);
    },
    async remove(reader) {
      inserted.delete(reader);
      await ended(cards.get(reader));
    },
    // vpcd is part of pcscd: a card loses its connection with it, and is put in again by hand.
    stopService: () => daemon.kill(),
    async startService() {
      await daemon.start();
      for (const [reader, leavesAt] of inserted) await insert(reader, leavesAt);
    },
    async foreignReset(reader) {
      await once(await foreign(reader, 'reset', 'done'), 'exit');
    },
    async foreignTransaction(reader) {
      const program = await foreign(reader, 'transaction', 'begun');
      return {
        async end() {
          program.send('end');
          await once(program, 'exit');
        },
      };
    },
    async dispose() {
      await Promise.all(opened.map((pcsc) => pcsc.close()));
      await Promise.all([...cards.values(), ...others].map(ended));
      await daemon.kill();
    },
  };
}

async function answered(program: ChildProcess, answer: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    program.on('message', (message) => message === answer && resolve());
    program.on('exit', (code) => reject(new Error(`The other program ended with ${code}`)));
  });
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
