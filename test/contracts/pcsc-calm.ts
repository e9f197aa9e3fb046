import { Failure, failureData } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { done, fiveTries, isVerified, type PcscStage, verify } from './pcsc-stage.js';
import { cardAtr } from './pcsc-world.js';

/** What every `Pcsc` does while nobody disturbs it. */
export function calmContract(at: PcscStage): void {
  it('the first thing known of the service is all its readers', async () => {
    const service = await firstValueFrom(at.pcsc.service);
    expect(service.available).toBe(true);
    expect(service.readers.map(({ name, atr }) => ({ name, atr }))).toEqual([
      { name: at.first, atr: undefined },
      { name: at.second, atr: undefined },
    ]);
  });

  it('a card shows with its answer to reset when it comes, and no more when it goes', async () => {
    await at.world.insert(at.first);
    const here = await at.presence(at.first, ({ atr }) => atr !== undefined);
    expect([here.atr, here.mute]).toEqual([cardAtr, undefined]);
    await at.world.remove(at.first);
    expect((await at.presence(at.first, ({ atr }) => atr === undefined)).insertion).toBe(here.insertion);
  });

  it('a card that was there before is known at once', async () => {
    await at.world.insert(at.first);
    const other = await at.world.open();
    await at.presence(at.first, ({ atr }) => atr !== undefined);
    expect((await at.presence(at.first, ({ atr }) => atr !== undefined, other)).atr).toEqual(cardAtr);
    await other.close();
  });

  it('each insertion has a number of its own', async () => {
    await at.world.insert(at.first);
    const once = await at.presence(at.first, ({ atr }) => atr !== undefined);
    await at.world.remove(at.first);
    await at.presence(at.first, ({ atr }) => atr === undefined);
    await at.world.insert(at.first);
    const again = await at.presence(at.first, ({ atr }) => atr !== undefined);
    expect(again.insertion).toBeGreaterThan(once.insertion);
  });

  it('a connection tells the protocol and the answer to reset, and carries commands', async () => {
    const connection = await at.connected(at.first);
    expect([connection.protocol, connection.atr]).toEqual(['T=0', cardAtr]);
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.disconnect('leave');
  });

  it('an unknown reader and an empty one are told apart', async () => {
    await firstValueFrom(at.pcsc.service);
    await expect(at.pcsc.connect('Nowhere 00 00')).rejects.toMatchObject({
      code: 'reader-unknown',
      facts: { reader: 'Nowhere 00 00', readers: [at.first, at.second] },
    });
    await expect(at.pcsc.connect(at.first)).rejects.toMatchObject({ code: 'no-card', facts: { reader: at.first } });
  });

  it('a command shorter than four bytes is a mistake of ours and is not sent', async () => {
    const connection = await at.connected(at.first);
    await expect(connection.transmit(Uint8Array.of(0, 0xa4, 0))).rejects.toThrow();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('after a transaction that leaves the card, what was verified stays verified', async () => {
    const connection = await at.connected(at.first);
    await connection.begin();
    expect([...(await connection.transmit(verify))]).toEqual(done);
    await connection.end('leave');
    await connection.begin();
    expect([...(await connection.transmit(isVerified))]).toEqual(done);
    await connection.end('leave');
  });

  it('after a transaction that resets the card, it has forgotten, and the connection goes on', async () => {
    const connection = await at.connected(at.first);
    await connection.begin();
    await connection.transmit(verify);
    await connection.end('reset');
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.begin();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
    await connection.end('leave');
  });

  it('a connection that ends in a reset leaves nothing verified for the next one', async () => {
    const connection = await at.connected(at.first);
    await connection.begin();
    await connection.transmit(verify);
    await connection.disconnect('reset');
    const next = await at.pcsc.connect(at.first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('a connection that has ended is of no use, and may end again', async () => {
    const connection = await at.connected(at.first);
    await connection.disconnect('leave');
    await connection.disconnect('reset');
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
  });

  it('a reader asked for functions of its own tells them or says that it has none, and goes on', async () => {
    const connection = await at.connected(at.first);
    // CM_IOCTL_GET_FEATURE_REQUEST of PC/SC part 10.
    const told = await connection.control(0x42000d48, new Uint8Array()).catch(failureData);
    if (!(told instanceof Uint8Array))
      expect(told).toMatchObject({ code: 'reader-error', facts: { reader: at.first } });
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('two readers work at the same time', async () => {
    const both = await Promise.all([at.connected(at.first), at.connected(at.second)]);
    await Promise.all(both.map((connection) => connection.begin()));
    expect([...(await both[0].transmit(verify))]).toEqual(done);
    expect([...(await both[1].transmit(isVerified))]).toEqual(fiveTries);
    await Promise.all(both.map((connection) => connection.end('reset')));
  });
}
