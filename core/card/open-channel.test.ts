import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.js';
import { openChannel } from './open-channel.js';
import type { Protocol } from './pcsc.js';

/** A card that knows one conversation in bytes; what was sent is compared as it went out. */
function conversation(
  steps: readonly (readonly [string, string])[],
  protocol: Protocol = 'T=1',
): { readonly channel: ReturnType<typeof openChannel>; readonly sent: readonly string[] } {
  const sent: string[] = [];
  const channel = openChannel((apdu) => {
    const step = steps[sent.length];
    sent.push(toHex(apdu));
    if (!step || step[0].replaceAll(' ', '') !== sent.at(-1)) throw new Error(`Unexpected ${sent.at(-1)}`);
    return Promise.resolve(fromHex(step[1]));
  }, protocol);
  return { channel, sent };
}

const read = { cla: 0x00, ins: 0xb0, p1: 0x00, p2: 0x00, le: 0 };

describe('A channel', () => {
  it('fetches what a T=0 card holds back, piece by piece', async () => {
    const { channel } = conversation(
      [
        ['00a4080402 4331', '6104'],
        ['00c0000004', '6204 6102'],
        ['00c0000002', '8102 9000'],
      ],
      'T=0',
    );
    const select = { cla: 0x00, ins: 0xa4, p1: 0x08, p2: 0x04, data: fromHex('4331'), le: 0 };
    expect(await channel.send(select)).toEqual({ data: fromHex('62048102'), status: 0x9000 });
  });

  it('asks a reading command once more with the length that the card names', async () => {
    const { channel } = conversation([
      ['00b0000000', '6c02'],
      ['00b0000002', '0102 9000'],
    ]);
    expect((await channel.send(read)).data).toEqual(fromHex('0102'));
  });

  it('does not go on for ever when the card names a wrong length twice', async () => {
    const { channel } = conversation([
      ['00b0000000', '6c02'],
      ['00b0000002', '6c03'],
    ]);
    expect((await channel.send(read)).status).toBe(0x6c03);
  });

  it.each([
    ['VERIFY', 0x20],
    ['CHANGE REFERENCE DATA', 0x24],
    ['RESET RETRY COUNTER', 0x2c],
    ['PSO', 0x2a],
    ['MSE', 0x22],
  ])('never sends %s a second time', async (_name, ins) => {
    const sent: number[] = [];
    const channel = openChannel((apdu) => {
      sent.push(apdu[1]!);
      return Promise.resolve(fromHex('6c08'));
    }, 'T=0');
    expect(await channel.send({ cla: 0, ins, p1: 0, p2: 0x11, data: fromHex('31323334') })).toMatchObject({
      status: 0x6c08,
    });
    expect(sent).toEqual([ins]);
  });

  it('gives up on a card that always has more', async () => {
    let sent = 0;
    const channel = openChannel(() => {
      sent += 1;
      return Promise.resolve(fromHex('aa 6101'));
    }, 'T=1');
    await expect(channel.send(read)).rejects.toMatchObject({ code: 'card-malformed' });
    expect(sent).toBeLessThan(300);
    const silent = openChannel(() => Promise.resolve(fromHex('6101')), 'T=1');
    await expect(silent.send(read)).rejects.toMatchObject({ code: 'card-malformed' });
  });

  it('sends long data as a chain and stops when a piece is refused', async () => {
    const data = new Uint8Array(256).fill(0xaa);
    const sign = { cla: 0x00, ins: 0x2a, p1: 0x9e, p2: 0x9a, data, le: 0 };
    const whole = conversation([
      [`102a9e9aff${'aa'.repeat(255)}`, '9000'],
      ['002a9e9a01aa00', '0102 9000'],
    ]);
    expect((await whole.channel.send(sign)).data).toEqual(fromHex('0102'));
    const refused = conversation([[`102a9e9aff${'aa'.repeat(255)}`, '6884']]);
    expect((await refused.channel.send(sign)).status).toBe(0x6884);
  });

  it('wipes the bytes of a PIN command, answered or not, and of no other', async () => {
    const seen: Uint8Array[] = [];
    const channel = openChannel((apdu) => {
      seen.push(apdu);
      return seen.length === 2 ? Promise.reject(new Error('removed')) : Promise.resolve(fromHex('9000'));
    }, 'T=1');
    const verify = { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x11, data: fromHex('31323334') };
    await channel.send(verify);
    await expect(channel.send(verify)).rejects.toThrow('removed');
    await channel.send(read);
    expect(seen.map(toHex)).toEqual(['00'.repeat(9), '00'.repeat(9), '00b0000000']);
  });

  it('takes an answer without a status word for a fault of the card', async () => {
    const channel = openChannel(() => Promise.resolve(fromHex('90')), 'T=1');
    await expect(channel.send(read)).rejects.toMatchObject({ code: 'card-malformed' });
  });
});
