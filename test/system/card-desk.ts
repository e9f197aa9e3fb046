import { mkdirSync } from 'node:fs';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { ended, shown } from '../e2e/sigill.js';
import { type CardTable, cardTable } from './card-table.js';
import { PersonAtScreen } from './person-at-screen.js';
import { type ProgramsBeside, programsBeside } from './programs-beside.js';

/**
 * A person's desk as it is at home: pcscd with vpcd, a card in each slot, Sigill as they start it, its PIN pages on their screen, and
 * Debian's programs, which find Sigill where p11-kit's module looks by itself.
 */
export interface CardDesk extends Pick<CardTable, 'ports' | 'environment' | 'card'>, Omit<ProgramsBeside, 'close'> {
  readonly person: PersonAtScreen;
  /** Sigill's own socket for programs. */
  readonly socket: string;
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
  const table = await cardTable(...cards);
  const { home, ports, environment, at } = table;
  mkdirSync(at('bin'));
  const person = new PersonAtScreen(at('bin'));
  // A screen is all that Sigill asks for before it opens a page; what shows the page here needs none.
  const screen = {
    DISPLAY: ':4711',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    PATH: `${at('bin')}:${process.env['PATH']}`,
  };
  const host = home.start(['--lang', 'en', 'start', '--background'], { ...environment, ...screen });
  const end = ended(host);
  await shown(host.stdout, /Sigill is running/);
  const programs = programsBeside(environment);
  const socket = at('runtime', 'sigill', 'pkcs11.sock');
  const seen = (): Promise<void> => tokens(socket, table.count * tokensOfCard);
  await seen();
  return {
    ...programs,
    person,
    ports,
    environment,
    socket,
    card: (slot) => table.card(slot),
    async pull(slot) {
      await table.pull(slot);
      await seen();
    },
    async put(slot, card) {
      await table.put(slot, card);
      await seen();
    },
    async close() {
      programs.close();
      host.kill('SIGTERM');
      await end;
      person.leave();
      await table.close();
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
