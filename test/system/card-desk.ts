import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { type Ended, ended, Home, shown } from '../e2e/sigill.js';
import { type PcscDaemon, pcscDaemon } from './pcscd.js';
import { PersonAtScreen } from './person-at-screen.js';
import { type ProgramsBeside, programsBeside } from './programs-beside.js';
import { VirtualCard } from './virtual-card.js';

/**
 * A person's desk as it is at home: pcscd with vpcd, a card in each slot, Sigill as they start it, its PIN pages on their screen, and
 * Debian's programs, which find Sigill where p11-kit's module looks by itself.
 */
export interface CardDesk extends Omit<ProgramsBeside, 'close'> {
  readonly home: Home;
  readonly person: PersonAtScreen;
  readonly daemon: PcscDaemon;
  /** What programs find at the start. */
  readonly environment: NodeJS.ProcessEnv;
  /** Sigill's own socket for programs. */
  readonly socket: string;
  /** The process id of the host. */
  readonly host: number;
  card(slot: 0 | 1): VirtualCard;
  /** Takes the card out of a slot; resolves when programs see it no more. */
  pull(slot: 0 | 1): Promise<void>;
  /** Puts `CARD` into an empty slot; resolves when programs see its tokens. */
  put(slot: 0 | 1, card: string): Promise<void>;
  close(): Promise<void>;
}

/** Of each card here. */
const tokensOfCard = 2;

/** Sets the desk up with at most two cards. */
export async function cardDesk(...cards: readonly string[]): Promise<CardDesk> {
  const home = new Home();
  const daemon = await pcscDaemon();
  const at = (...names: readonly string[]): string => join(home.folder, ...names);
  for (const name of ['home', 'bin', 'runtime', 'runtime/p11-kit']) mkdirSync(at(name), { mode: 0o700 });
  const person = new PersonAtScreen(at('bin'));
  // A screen is all that Sigill asks for before it opens a page; what shows the page here needs none.
  const screen = {
    DISPLAY: ':4711',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    PATH: `${at('bin')}:${process.env['PATH']}`,
  };
  await daemon.start();
  const host = home.start(['--lang', 'en', 'start', '--background'], { ...daemon.env, ...screen });
  const end: Promise<Ended> = ended(host);
  const slots = new Map<number, VirtualCard>();
  const insert = async (slot: 0 | 1, card: string): Promise<void> =>
    void slots.set(slot, await VirtualCard.put(home, card, daemon.ports[slot]));
  await Promise.all([
    shown(host.stdout, /Sigill is running/),
    ...cards.map((card, slot) => insert(slot as 0 | 1, card)),
  ]);
  const environment = home.environment(daemon.env);
  const programs = programsBeside(environment);
  const socket = at('runtime', 'sigill', 'pkcs11.sock');
  await tokens(socket, cards.length * tokensOfCard);

  function card(slot: 0 | 1): VirtualCard {
    const found = slots.get(slot);
    if (found === undefined) throw new Error(`No card is in slot ${slot}`);
    return found;
  }

  return {
    ...programs,
    home,
    person,
    daemon,
    environment,
    socket,
    host: host.pid ?? 0,
    card,
    async pull(slot) {
      await card(slot).pull();
      slots.delete(slot);
      await tokens(socket, slots.size * tokensOfCard);
    },
    async put(slot, spec) {
      await insert(slot, spec);
      await tokens(socket, slots.size * tokensOfCard);
    },
    async close() {
      programs.close();
      host.kill('SIGTERM');
      await Promise.all([end, ...[...slots.values()].map((one) => one.pull())]);
      person.leave();
      await daemon.dispose();
      home.remove();
    },
  };
}

/** Resolves when programs see this many tokens. */
export async function tokens(socket: string, wanted: number): Promise<void> {
  const program = await Pkcs11Client.connect(socket);
  for (;;) {
    const list = await program.call('C_GetSlotList', (writer) => writer.byte(1).uint32(16));
    if (list.byte() === 1 && list.uint32() === wanted) break;
    await program.call('C_WaitForSlotEvent', (writer) => writer.ulong(0));
  }
  program.close();
}
