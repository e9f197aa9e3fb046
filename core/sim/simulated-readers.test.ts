import { describe, expect, it } from 'vitest';
import type { PcscService } from '../card/pcsc.js';
import { fromHex, toHex } from '../card/bytes.js';
import { VirtualClock } from './clock.js';
import { createCard } from './create-card.js';
import type { SimulatedCard } from './simulated-card.js';
import type { SimulatedConnection } from './simulated-connection.js';
import { SimulatedReaders } from './simulated-readers.js';

const reader = 'Reader 00 00';
const status = fromHex('00200011');
const wrong = fromHex('002000110c313131310000000000000000');
const right = fromHex('002000110c313233340000000000000000');

interface Desk {
  readonly clock: VirtualClock;
  readonly readers: SimulatedReaders;
  readonly card: SimulatedCard;
}

function desk(): Desk {
  const clock = new VirtualClock();
  const readers = new SimulatedReaders({ clock });
  readers.addReader(reader);
  const card = createCard('fineid-v4', 'normal', { clock });
  readers.insert(reader, card);
  return { clock, readers, card };
}

const said = async (connection: SimulatedConnection, apdu: Uint8Array): Promise<string> =>
  toHex(await connection.transmit(apdu));

describe('simulated readers (beyond what every card service must do)', () => {
  it('tell what is, at once and at every change', () => {
    const { readers } = desk();
    const seen: PcscService[] = [];
    readers.service.subscribe((service) => seen.push(service));
    readers.remove(reader);
    readers.insert(reader, createCard('myeid'), { mute: true });
    readers.removeReader(reader);
    const atr = createCard('fineid-v4').atr;
    expect(seen).toEqual([
      { available: true, readers: [{ name: reader, atr, insertion: 1 }] },
      { available: true, readers: [{ name: reader, insertion: 1 }] },
      { available: true, readers: [{ name: reader, insertion: 2, mute: true }] },
      { available: true, readers: [] },
    ]);
  });

  it('pull the card out when a fault says so, before a command or after it', async () => {
    for (const [kind, tries] of [
      ['removed-before', '63c5'],
      ['executed-reply-lost', '63c4'],
    ] as const) {
      const { readers, card } = desk();
      const connection = await readers.connect(reader);
      card.inject({ at: 1, kind });
      await expect(connection.transmit(wrong)).rejects.toMatchObject({ code: 'card-removed', facts: { reader } });
      await expect(connection.begin()).rejects.toMatchObject({ code: 'card-removed' });
      expect(readers.card(reader)).toBeUndefined();
      readers.insert(reader, card);
      expect(await said(await readers.connect(reader), status)).toBe(tries);
    }
  });

  it('lose a reply and keep the card', async () => {
    const { readers, card } = desk();
    const connection = await readers.connect(reader);
    card.inject({ at: 1, kind: 'executed-reply-lost', then: 'error' });
    await expect(connection.transmit(wrong)).rejects.toMatchObject({ code: 'reader-error' });
    expect(await said(connection, status)).toBe('63c4');
  });

  it('a reset at a step is seen by every connection until each reconnects', async () => {
    const { readers, card } = desk();
    const [one, other] = [await readers.connect(reader), await readers.connect(reader)];
    await one.transmit(right);
    card.inject({ at: 1, kind: 'reset-before' });
    await expect(one.transmit(wrong)).rejects.toMatchObject({ code: 'card-reset' });
    await expect(one.transmit(wrong)).rejects.toMatchObject({ code: 'card-reset' });
    await expect(other.begin()).rejects.toMatchObject({ code: 'card-reset' });
    await one.reconnect();
    expect(await said(one, status)).toBe('63c5');
    await expect(other.transmit(status)).rejects.toMatchObject({ code: 'card-reset' });
  });

  it('a reset in the middle of a slow command: the command was not done', async () => {
    const { readers, card, clock } = desk();
    const connection = await readers.connect(reader);
    card.inject({ at: 1, kind: 'slow', milliseconds: 100 });
    const lost = expect(connection.transmit(wrong)).rejects.toMatchObject({ code: 'card-reset' });
    await reached(clock);
    readers.foreignReset(reader);
    clock.advance(100);
    await lost;
    await connection.reconnect();
    expect(await said(connection, status)).toBe('63c5');
  });

  it('transactions take turns; who waits too long gets reader-busy, a pulled card ends the wait', async () => {
    const { readers, clock } = desk();
    const [one, other, third] = [
      await readers.connect(reader),
      await readers.connect(reader),
      await readers.connect(reader),
    ];
    await one.begin();
    const foreign = readers.foreignTransaction(reader);
    const busy = expect(other.transmit(status)).rejects.toMatchObject({ code: 'reader-busy', facts: { reader } });
    clock.advance(9_999);
    await one.end('leave');
    await foreign.begun;
    clock.advance(1);
    await busy;
    const removed = expect(third.begin()).rejects.toMatchObject({ code: 'card-removed' });
    readers.remove(reader);
    await removed;
    foreign.end();
  });

  it('a waiting transaction begins before a later one, and holds commands of others back', async () => {
    const { readers } = desk();
    const [one, other, third] = [
      await readers.connect(reader),
      await readers.connect(reader),
      await readers.connect(reader),
    ];
    const order: string[] = [];
    await one.begin();
    const second = other.begin().then(() => order.push('other has it'));
    const late = third.transmit(status).then(() => order.push('third got through'));
    await one.end('leave');
    await second;
    order.push('other ends');
    await other.end('leave');
    await late;
    expect(order).toEqual(['other has it', 'other ends', 'third got through']);
  });

  it('a mute card, another program’s exclusive connection and a reader without keypad are told apart', async () => {
    const { readers } = desk();
    const connection = await readers.connect(reader);
    await expect(connection.control(0x42000d48, new Uint8Array())).rejects.toMatchObject({ code: 'reader-error' });
    const exclusive = readers.foreignExclusive(reader);
    await expect(readers.connect(reader)).rejects.toMatchObject({ code: 'reader-busy' });
    exclusive.end();
    await expect(readers.connect(reader)).resolves.toBeDefined();
    readers.remove(reader);
    readers.insert(reader, createCard('fineid-v4'), { mute: true });
    await expect(readers.connect(reader)).rejects.toMatchObject({ code: 'reader-error' });
  });

  it('speak the protocol of the card: T=1 where it is offered, or what the reader was made for', async () => {
    const readers = new SimulatedReaders();
    readers.addReader('any');
    readers.addReader('old', { protocol: 'T=0' });
    readers.insert('any', createCard('fineid-org'));
    readers.insert('old', createCard('fineid-org'));
    expect([(await readers.connect('any')).protocol, (await readers.connect('old')).protocol]).toEqual(['T=1', 'T=0']);
  });

  it('two calls at once on one connection are a mistake, and seen as one', async () => {
    const { readers } = desk();
    const connection = await readers.connect(reader);
    const first = connection.transmit(status);
    await expect(connection.transmit(status)).rejects.toThrow('Two calls at once');
    await first;
  });

  it('count the connections that were not given back', async () => {
    const { readers } = desk();
    const connection = await readers.connect(reader);
    await readers.connect(reader);
    expect(readers.connections).toBe(2);
    await connection.disconnect('leave');
    expect(readers.connections).toBe(1);
    await readers.close();
    expect(readers.connections).toBe(0);
  });
});

/** Settles when somebody waits for the clock. */
async function reached(clock: VirtualClock): Promise<void> {
  while (clock.waiting === 0) await Promise.resolve();
}
