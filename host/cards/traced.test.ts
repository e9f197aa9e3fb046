import type { PcscConnection } from '@sigill/core/card';
import { openChannel } from '@sigill/core/card';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { expect, it } from 'vitest';
import { traced } from './traced.js';

const pin = '1234';
const digits = Buffer.from(pin).toString('hex');

it('commands are told with their answers, between what is done to the connection', async () => {
  const { lines, connection } = await trace();
  await connection.begin();
  await connection.transmit(hex('00a4040c0ca000000063504b43532d3135'));
  await connection.transmit(hex('00200011'));
  await connection.end('reset');
  await connection.disconnect('leave');
  expect(lines).toEqual([
    'R: connect',
    'R: begin',
    'R: 00a4040c0ca000000063504b43532d3135 → 9000',
    'R: 00200011 → 63c5',
    'R: end reset',
    'R: disconnect leave',
  ]);
});

it.each([
  ['VERIFY', '002000110c', '00'],
  ['VERIFY with data objects', '002100110c', '00'],
  ['CHANGE REFERENCE DATA', '0024001118', '00'],
  ['CHANGE REFERENCE DATA, odd', '0025001118', '00'],
  ['RESET RETRY COUNTER', '002c001118', '00'],
  ['RESET RETRY COUNTER, odd', '002d001118', '00'],
  ['a part of a chain', '1020001104', ''],
  ['an extended length', '0020001100000c', ''],
  ['a class of its own', '8020001104', ''],
  ['secure messaging', '0c20001104', ''],
])('%s shows no body and no length', async (_name, header, rest) => {
  const { lines, connection } = await trace();
  await connection.transmit(hex(`${header}${digits}${rest}`)).catch(() => undefined);
  expect(lines.join('\n')).not.toContain(digits);
  expect(lines.at(-1)).toMatch(new RegExp(`^R: ${header.slice(0, 8)} \\(secret\\) → [0-9a-f]{4}$`));
});

it('what a card holds back after such a command is not told either, but what follows is', async () => {
  const { lines, connection } = await trace(() => hex(`${digits}9000`));
  await connection.transmit(hex(`0020001104${digits}`));
  await connection.transmit(hex('00c0000004'));
  await connection.transmit(hex('00c0000004'));
  await connection.transmit(hex('00b0000004'));
  await connection.transmit(hex('00c0000004'));
  expect(lines.slice(1)).toEqual([
    'R: 00200011 (secret) → 9000',
    'R: 00c0000004 → 9000',
    'R: 00c0000004 → 9000',
    `R: 00b0000004 → ${digits}9000`,
    `R: 00c0000004 → ${digits}9000`,
  ]);
});

it('through a whole channel a PIN is nowhere', async () => {
  const { lines, connection } = await trace();
  const channel = openChannel((apdu) => connection.transmit(apdu), 'T=0');
  const data = hex(`${digits}0000000000000000`);
  expect((await channel.send({ cla: 0, ins: 0x20, p1: 0, p2: 0x11, data })).status).toBe(0x9000);
  expect(lines.join('\n')).not.toContain(digits);
});

it('failures are told by their codes', async () => {
  const lines: string[] = [];
  const readers = new SimulatedReaders();
  readers.addReader('R');
  await expect(traced(readers, (line) => lines.push(line)).connect('R')).rejects.toMatchObject({ code: 'no-card' });
  expect(lines).toEqual(['R: connect → no-card']);
});

it('the time of a command is told when there is a clock', async () => {
  let now = 0;
  const { lines, connection } = await trace(undefined, () => (now += 15));
  await connection.transmit(hex('00200011'));
  expect(lines.at(-1)).toBe('R: 00200011 → 63c5 (15 ms)');
});

async function trace(
  answer?: (apdu: Uint8Array) => Uint8Array,
  now?: () => number,
): Promise<{ lines: string[]; connection: PcscConnection }> {
  const lines: string[] = [];
  const readers = new SimulatedReaders();
  readers.addReader('R');
  readers.insert('R', createCard('fineid-v4', 'normal'));
  if (answer) {
    const { connect } = readers;
    readers.connect = async (reader) => {
      const connection = await connect.call(readers, reader);
      connection.transmit = async (apdu) => answer(apdu);
      return connection;
    };
  }
  const connection = await traced(readers, (line) => lines.push(line), now ? { now } : {}).connect('R');
  return { lines, connection };
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
