import { Failure } from '@sigill/core';
import type { Pcsc, PcscConnection, PcscService, ReaderPresence } from '@sigill/core/card';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** What the contract needs of the world around a `Pcsc`. The world starts with its service running and both readers empty. */
export interface PcscWorld {
  /** A new `Pcsc` in this world that waits for other programs only briefly (`reader-busy`). */
  open(): Promise<Pcsc>;
  /** Two readers. */
  readonly readers: readonly [string, string];
  /**
   * Puts in a card with the answer to reset `cardAtr`, that knows PIN1 of a Finnish identity card, 1234. With `leavesAt`
   * it is pulled out while it works on that command, counted from 1.
   */
  insert(reader: string, options?: { readonly leavesAt?: number }): Promise<void>;
  remove(reader: string): Promise<void>;
  stopService(): Promise<void>;
  startService(): Promise<void>;
  /** Another program connects, resets the card and goes. */
  foreignReset(reader: string): Promise<void>;
  /** Another program begins a transaction and keeps it until `end`, when it goes. */
  foreignTransaction(reader: string): Promise<{ end(): Promise<void> }>;
  /** Removes everything. */
  dispose(): Promise<void>;
}

/** ATR of a Finnish identity card of 2023 (cards.md §1.1). */
export const cardAtr = Uint8Array.from(Buffer.from('3B7F9600008031B865B085050011122460829000', 'hex'));

const pin1 = '1234';
const isVerified = Uint8Array.of(0x00, 0x20, 0x00, 0x11);
const verify = Uint8Array.from([...isVerified, 12, ...Buffer.from(pin1.padEnd(12, '\0'))]);
const done = [0x90, 0x00];
const fiveTries = [0x63, 0xc5];

/** What every `Pcsc` must do, in words of the world. */
export function pcscContract(make: () => Promise<PcscWorld>): void {
  let world: PcscWorld;
  let pcsc: Pcsc;
  let first: string;
  let second: string;

  beforeEach(async () => {
    world = await make();
    [first, second] = world.readers;
    pcsc = await world.open();
  });

  afterEach(async () => {
    await pcsc.close();
    await world.dispose();
  });

  it('the first thing known of the service is all its readers', async () => {
    const service = await firstValueFrom(pcsc.service);
    expect(service.available).toBe(true);
    expect(service.readers.map(({ name, atr }) => ({ name, atr }))).toEqual([
      { name: first, atr: undefined },
      { name: second, atr: undefined },
    ]);
  });

  it('a card shows with its answer to reset when it comes, and no more when it goes', async () => {
    await world.insert(first);
    const here = await presence(first, ({ atr }) => atr !== undefined);
    expect([here.atr, here.mute]).toEqual([cardAtr, undefined]);
    await world.remove(first);
    expect((await presence(first, ({ atr }) => atr === undefined)).insertion).toBe(here.insertion);
  });

  it('a card that was there before is known at once', async () => {
    await world.insert(first);
    const other = await world.open();
    await presence(first, ({ atr }) => atr !== undefined);
    expect((await presence(first, ({ atr }) => atr !== undefined, other)).atr).toEqual(cardAtr);
    await other.close();
  });

  it('each insertion has a number of its own', async () => {
    await world.insert(first);
    const once = await presence(first, ({ atr }) => atr !== undefined);
    await world.remove(first);
    await presence(first, ({ atr }) => atr === undefined);
    await world.insert(first);
    const again = await presence(first, ({ atr }) => atr !== undefined);
    expect(again.insertion).toBeGreaterThan(once.insertion);
  });

  it('a connection tells the protocol and the answer to reset, and carries commands', async () => {
    const connection = await connected(first);
    expect([connection.protocol, connection.atr]).toEqual(['T=0', cardAtr]);
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.disconnect('leave');
  });

  it('an unknown reader and an empty one are told apart', async () => {
    await firstValueFrom(pcsc.service);
    await expect(pcsc.connect('Nowhere 00 00')).rejects.toMatchObject({
      code: 'reader-unknown',
      facts: { reader: 'Nowhere 00 00', readers: [first, second] },
    });
    await expect(pcsc.connect(first)).rejects.toMatchObject({ code: 'no-card', facts: { reader: first } });
  });

  it('a command shorter than four bytes is a mistake of ours and is not sent', async () => {
    const connection = await connected(first);
    await expect(connection.transmit(Uint8Array.of(0, 0xa4, 0))).rejects.toThrow();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('after a transaction that leaves the card, what was verified stays verified', async () => {
    const connection = await connected(first);
    await connection.begin();
    expect([...(await connection.transmit(verify))]).toEqual(done);
    await connection.end('leave');
    await connection.begin();
    expect([...(await connection.transmit(isVerified))]).toEqual(done);
    await connection.end('leave');
  });

  it('after a transaction that resets the card, it has forgotten, and the connection goes on', async () => {
    const connection = await connected(first);
    await connection.begin();
    await connection.transmit(verify);
    await connection.end('reset');
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.begin();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.end('leave');
  });

  it('a connection that ends in a reset leaves nothing verified for the next one', async () => {
    const connection = await connected(first);
    await connection.begin();
    await connection.transmit(verify);
    await connection.disconnect('reset');
    const next = await pcsc.connect(first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('a connection that has ended is of no use, and may end again', async () => {
    const connection = await connected(first);
    await connection.disconnect('leave');
    await connection.disconnect('reset');
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
  });

  it('a reset by another program shows at the next command, which was not done; then one takes the card anew', async () => {
    const connection = await connected(first);
    await world.foreignReset(first);
    await expect(connection.transmit(verify)).rejects.toMatchObject({ code: 'card-reset', facts: { reader: first } });
    await connection.reconnect();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('while another program has a transaction the reader is busy, and free when it has ended', async () => {
    const connection = await connected(first);
    const foreign = await world.foreignTransaction(first);
    await expect(connection.begin()).rejects.toMatchObject({ code: 'reader-busy', facts: { reader: first } });
    await connection.disconnect('leave');
    await foreign.end();
    const next = await pcsc.connect(first);
    await next.begin();
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
    await next.end('leave');
  });

  it('no other program gets in during a transaction', async () => {
    const connection = await connected(first);
    await connection.begin();
    const other = await world.open();
    const outcome = await intrude(other, first);
    expect(outcome).toBe('reader-busy');
    await connection.end('leave');
    await other.close();
  });

  it('a card pulled out in the middle of a command is gone, not silent', async () => {
    await world.insert(first, { leavesAt: 2 });
    await presence(first, ({ atr }) => atr !== undefined);
    const connection = await pcsc.connect(first);
    await connection.begin();
    await connection.transmit(isVerified);
    await expect(connection.transmit(verify)).rejects.toMatchObject({ code: 'card-removed', facts: { reader: first } });
    await connection.disconnect('reset');
    await presence(first, ({ atr }) => atr === undefined);
    await expect(pcsc.connect(first)).rejects.toMatchObject({ code: 'no-card' });
  });

  it('a card pulled out between commands is gone, and the next card is another one', async () => {
    const connection = await connected(first);
    await world.remove(first);
    await presence(first, ({ atr }) => atr === undefined);
    await expect(connection.transmit(isVerified)).rejects.toMatchObject({ code: 'card-removed' });
    await connection.disconnect('leave');
    const next = await connected(first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('two readers work at the same time', async () => {
    const both = await Promise.all([connected(first), connected(second)]);
    await Promise.all(both.map((connection) => connection.begin()));
    expect([...(await both[0].transmit(verify))]).toEqual(done);
    expect([...(await both[1].transmit(isVerified))]).toEqual(fiveTries);
    await Promise.all(both.map((connection) => connection.end('reset')));
  });

  it('a service that stops takes its readers along, and a connection to it is over', async () => {
    const connection = await connected(first);
    await world.stopService();
    const gone = await service(({ available }) => !available);
    expect(gone.readers).toEqual([]);
    expect(gone.why).toMatch(/./);
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
    await expect(pcsc.connect(first)).rejects.toMatchObject({ code: 'service-absent' });
    await connection.disconnect('leave');
  });

  it('a service that comes back is found, with the card that is in, as a new insertion', async () => {
    await world.insert(first);
    const before = await presence(first, ({ atr }) => atr !== undefined);
    await world.stopService();
    await service(({ available }) => !available);
    await world.startService();
    const after = await presence(first, ({ atr, insertion }) => atr !== undefined && insertion > before.insertion);
    expect(after.atr).toEqual(cardAtr);
    const connection = await pcsc.connect(first);
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('a service that is absent at first is found when it comes', async () => {
    await world.stopService();
    const early = await world.open();
    await service(({ available }) => !available, early);
    await expect(early.connect(first)).rejects.toMatchObject({ code: 'service-absent' });
    await world.startService();
    await service(({ available, readers }) => available && readers.length === 2, early);
    await early.close();
  });

  it('closing in the middle of a transaction leaves nothing verified', async () => {
    const connection = await connected(first);
    await connection.begin();
    await connection.transmit(verify);
    const other = await world.open();
    await pcsc.close();
    await presence(first, ({ atr }) => atr !== undefined, other);
    const next = await other.connect(first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
    await other.close();
  });

  it('once closed it may be closed again, tells no more and connects to nothing', async () => {
    const connection = await connected(first);
    await pcsc.close();
    await pcsc.close();
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
    await expect(pcsc.connect(first)).rejects.toMatchObject({ code: 'service-absent' });
  });

  async function connected(reader: string): Promise<PcscConnection> {
    await world.insert(reader);
    await presence(reader, ({ atr }) => atr !== undefined);
    return pcsc.connect(reader);
  }

  function service(is: (service: PcscService) => boolean, of = pcsc): Promise<PcscService> {
    return firstValueFrom(of.service.pipe(filter(is)));
  }

  function presence(reader: string, is: (presence: ReaderPresence) => boolean, of = pcsc): Promise<ReaderPresence> {
    const found = of.service.pipe(map(({ readers }) => readers.find(({ name }) => name === reader)));
    return firstValueFrom(found.pipe(filter((seen) => seen !== undefined && is(seen)))) as Promise<ReaderPresence>;
  }
}

/** Tries to use the card from the side; gives the code of the failure. */
async function intrude(pcsc: Pcsc, reader: string): Promise<string> {
  try {
    await firstValueFrom(pcsc.service.pipe(filter(({ readers }) => readers.length > 0)));
    const connection = await pcsc.connect(reader);
    await connection.begin();
    return 'let in';
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
}
