import { Failure } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { filter, firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { fiveTries, isVerified, type PcscStage, verify } from './pcsc-stage.js';
import { cardAtr } from './pcsc-world.js';

/** What every `Pcsc` makes of other programs, pulled cards, a service that stops, and its own end. */
export function roughContract(at: PcscStage): void {
  it('a reset by another program shows at the next command, which was not done; then one takes the card anew', async () => {
    const connection = await at.connected(at.first);
    await at.world.foreignReset(at.first);
    await expect(connection.transmit(verify)).rejects.toMatchObject({
      code: 'card-reset',
      facts: { reader: at.first },
    });
    await connection.reconnect();
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('while another program has a transaction the reader is busy, and free when it has ended', async () => {
    const connection = await at.connected(at.first);
    const foreign = await at.world.foreignTransaction(at.first);
    await expect(connection.begin()).rejects.toMatchObject({ code: 'reader-busy', facts: { reader: at.first } });
    await connection.disconnect('leave');
    await foreign.end();
    const next = await at.pcsc.connect(at.first);
    await next.begin();
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
    await next.end('leave');
  });

  it('no other program gets in during a transaction', async () => {
    const connection = await at.connected(at.first);
    await connection.begin();
    const other = await at.world.open();
    const outcome = await intrude(other, at.first);
    expect(outcome).toBe('reader-busy');
    await connection.end('leave');
    await other.close();
  });

  it('a card pulled out in the middle of a command is gone, not silent', async () => {
    await at.world.insert(at.first, { leavesAt: 2 });
    await at.presence(at.first, ({ atr }) => atr !== undefined);
    const connection = await at.pcsc.connect(at.first);
    await connection.begin();
    await connection.transmit(isVerified);
    await expect(connection.transmit(verify)).rejects.toMatchObject({
      code: 'card-removed',
      facts: { reader: at.first },
    });
    await connection.disconnect('reset');
    await at.presence(at.first, ({ atr }) => atr === undefined);
    await expect(at.pcsc.connect(at.first)).rejects.toMatchObject({ code: 'no-card' });
  });

  it('a card pulled out between commands is gone, and the next card is another one', async () => {
    const connection = await at.connected(at.first);
    await at.world.remove(at.first);
    await at.presence(at.first, ({ atr }) => atr === undefined);
    await expect(connection.transmit(isVerified)).rejects.toMatchObject({ code: 'card-removed' });
    await connection.disconnect('leave');
    const next = await at.connected(at.first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('a service that stops takes its readers along, and a connection to it is over', async () => {
    const connection = await at.connected(at.first);
    await at.world.stopService();
    const gone = await at.service(({ available }) => !available);
    expect(gone.readers).toEqual([]);
    expect(gone.why).toMatch(/./);
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
    await expect(at.pcsc.connect(at.first)).rejects.toMatchObject({ code: 'service-absent' });
    await connection.disconnect('leave');
  });

  it('a service that comes back is found, with the card that is in, as a new insertion', async () => {
    await at.world.insert(at.first);
    const before = await at.presence(at.first, ({ atr }) => atr !== undefined);
    await at.world.stopService();
    await at.service(({ available }) => !available);
    await at.world.startService();
    const after = await at.presence(
      at.first,
      ({ atr, insertion }) => atr !== undefined && insertion > before.insertion,
    );
    expect(after.atr).toEqual(cardAtr);
    const connection = await at.pcsc.connect(at.first);
    expect([...(await connection.transmit(isVerified))]).toEqual(fiveTries);
  });

  it('a service that is absent at first is found when it comes', async () => {
    await at.world.stopService();
    const early = await at.world.open();
    await at.service(({ available }) => !available, early);
    await expect(early.connect(at.first)).rejects.toMatchObject({ code: 'service-absent' });
    await at.world.startService();
    await at.service(({ available, readers }) => available && readers.length === 2, early);
    await early.close();
  });

  it('closing in the middle of a transaction leaves nothing verified', async () => {
    const connection = await at.connected(at.first);
    await connection.begin();
    await connection.transmit(verify);
    const other = await at.world.open();
    await at.pcsc.close();
    await at.presence(at.first, ({ atr }) => atr !== undefined, other);
    const next = await other.connect(at.first);
    expect([...(await next.transmit(isVerified))]).toEqual(fiveTries);
    await other.close();
  });

  it('once closed it may be closed again, tells no more and connects to nothing', async () => {
    const connection = await at.connected(at.first);
    await at.pcsc.close();
    await at.pcsc.close();
    await expect(connection.transmit(isVerified)).rejects.toBeInstanceOf(Failure);
    await expect(at.pcsc.connect(at.first)).rejects.toMatchObject({ code: 'service-absent' });
  });
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
