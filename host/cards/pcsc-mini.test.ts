import { EventEmitter } from 'node:events';
import type { PcscService } from '@sigill/core/card';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, systemClock } from './clock.js';
import { PcscMini } from './pcsc-mini.js';
import type { MiniCard, MiniClient, MiniPackage, MiniReader } from './pcsc-mini-types.js';

const atr = Uint8Array.of(0x3b, 0x00);
const empty = 0x1_0012;
const present = 0x2_0022;
const mute = 0x2_0222;
const quick: Clock = { pause: (milliseconds, signal) => systemClock.pause(Math.min(milliseconds, 5), signal) };

let clients: FakeClient[];
let cards: FakeCard[];
let pcsc: PcscMini;

beforeEach(() => {
  clients = [];
  cards = [];
  pcsc = new PcscMini(fakePackage, { clock: quick, busyAfter: 5 });
});
afterEach(() => pcsc.close());

it('a reader that is unplugged is gone, one that is plugged in is there', async () => {
  clients[0]!.tell('A', empty);
  clients[0]!.tell('B', empty);
  await service(({ readers }) => readers.length === 2);
  clients[0]!.unplug('A');
  expect((await service(({ readers }) => readers.length === 1)).readers[0]?.name).toBe('B');
  clients[0]!.tell('C', empty);
  await service(({ readers }) => readers.map(({ name }) => name).join() === 'B,C');
});

it('a computer without readers is known as such', async () => {
  expect(await service(() => true)).toEqual({ available: true, readers: [] });
});

it('the answer to reset is the one that the card itself gives, asked over a connection that is given back', async () => {
  clients[0]!.tell('A', present);
  const { readers } = await service(() => true);
  expect(readers[0]?.atr).toEqual(atr);
  expect(cards.map(({ ended }) => ended)).toEqual([true]);
});

it.each([
  ['its state says so', mute, undefined],
  ['it does not answer when asked', present, 'UnresponsiveCard'],
])('a card is mute when %s', async (_why, state, trouble) => {
  clients[0]!.trouble = trouble;
  clients[0]!.tell('A', state);
  expect((await service(() => true)).readers).toEqual([expect.objectContaining({ name: 'A', mute: true })]);
});

it('a card that another program has alone is there, without its answer to reset', async () => {
  clients[0]!.trouble = 'SharingViolation';
  clients[0]!.tell('A', present);
  expect((await service(() => true)).readers[0]?.atr).toEqual(new Uint8Array());
  await expect(pcsc.connect('A')).rejects.toMatchObject({ code: 'reader-busy' });
});

it('a client in trouble is given up for a new one, and what it tells late is not heard', async () => {
  clients[0]!.tell('A', empty);
  await service(({ readers }) => readers.length === 1);
  clients[0]!.emit('error', coded('StatusEventBufferOverflow'));
  await service(({ available }) => !available);
  while (clients.length < 2) await new Promise(setImmediate);
  clients[0]!.tell('Late', empty);
  clients[1]!.tell('B', empty);
  expect((await service(({ available }) => available)).readers.map(({ name }) => name)).toEqual(['B']);
});

it('a client whose places are lost to connections that could not be ended is given up', async () => {
  clients[0]!.tell('A', present);
  await service(({ readers }) => readers.length === 1);
  clients[0]!.trouble = 'TooManyCardConnections';
  await expect(pcsc.connect('A')).rejects.toMatchObject({ code: 'reader-error' });
  await service(({ available }) => !available);
});

it('success without an answer is a card that was pulled out', async () => {
  clients[0]!.tell('A', present);
  await service(({ readers }) => readers.length === 1);
  const connection = await pcsc.connect('A');
  cards.at(-1)!.response = new Uint8Array();
  await expect(connection.transmit(Uint8Array.of(0, 0xa4, 0, 0))).rejects.toMatchObject({ code: 'card-removed' });
});

it.each([
  ['gone', 'card-removed'],
  ['still there', 'reader-error'],
])('a command that is lost with a card that is %s means %s', async (fate, code) => {
  clients[0]!.tell('A', present);
  await service(({ readers }) => readers.length === 1);
  const connection = await pcsc.connect('A');
  cards.at(-1)!.trouble = 'NotTransacted';
  const lost = connection.transmit(Uint8Array.of(0, 0xa4, 0, 0));
  if (fate === 'gone') clients[0]!.tell('A', 0x3_0012);
  await expect(lost).rejects.toMatchObject({ code });
});

it('calls of one connection never meet in pcsc-mini, which would refuse the second', async () => {
  clients[0]!.tell('A', present);
  await service(({ readers }) => readers.length === 1);
  const connection = await pcsc.connect('A');
  const answers = [1, 2, 3].map(() => connection.transmit(Uint8Array.of(0, 0xa4, 0, 0)));
  await Promise.all([...answers, connection.disconnect('leave')]);
  expect(cards.at(-1)).toMatchObject({ ended: true, met: false });
});

function service(is: (service: PcscService) => boolean): Promise<PcscService> {
  return firstValueFrom(pcsc.service.pipe(filter(is)));
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

class FakeCard implements MiniCard {
  response = Uint8Array.of(0x90, 0x00);
  trouble: string | undefined;
  ended = false;
  met = false;
  #busy = false;

  protocol(): number {
    return 1;
  }
  async state(): Promise<{ atr: Uint8Array }> {
    return { atr };
  }
  async transmit(): Promise<Uint8Array> {
    this.met ||= this.#busy;
    this.#busy = true;
    await new Promise(setImmediate);
    this.#busy = false;
    if (this.trouble !== undefined) throw coded(this.trouble);
    return this.response;
  }
  async transaction() {
    return { end: async () => undefined };
  }
  async control(): Promise<Uint8Array> {
    return this.response;
  }
  async reconnect(): Promise<number> {
    return 1;
  }
  async disconnect(): Promise<void> {
    this.met ||= this.#busy;
    this.ended = true;
  }
}

class FakeClient extends EventEmitter {
  readonly #readers = new Map<string, EventEmitter & MiniReader>();
  trouble: string | undefined;

  constructor() {
    super();
    clients.push(this);
  }
  reader(name: string): MiniReader | undefined {
    return this.#readers.get(name);
  }
  start(): this {
    return this;
  }
  stop(): void {
    this.#readers.clear();
  }
  tell(name: string, raw: number): void {
    const known = this.#readers.get(name);
    const reader = known ?? this.#make(name);
    if (!known) this.emit('reader', reader);
    reader.emit('change', { raw });
  }
  unplug(name: string): void {
    this.#readers.get(name)?.emit('disconnect');
    this.#readers.delete(name);
  }
  #make(name: string): EventEmitter & MiniReader {
    const connect = async (): Promise<MiniCard> => {
      if (this.trouble !== undefined) throw coded(this.trouble);
      const card = new FakeCard();
      cards.push(card);
      return card;
    };
    const reader = Object.assign(new EventEmitter(), { name: () => name, connect }) as EventEmitter & MiniReader;
    this.#readers.set(name, reader);
    return reader;
  }
}

const fakePackage: MiniPackage = {
  Client: FakeClient as new () => MiniClient,
  CardMode: { SHARED: 2 },
  CardDisposition: { LEAVE: 0, RESET: 1 },
  Protocol: { T0: 1, T1: 2 },
  MAX_BUFFER_LEN: 300,
};
