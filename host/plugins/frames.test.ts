import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from 'vscode-jsonrpc';
import { ManualClock } from '../../test/plugins/manual-clock.js';
import { Allowance } from './allowance.js';
import { FrameReader, FrameWriter, largestFrame } from './frames.js';

/** Two ends of a pipe: what is written to one is read from the other. */
function pipe(): [Duplex, Duplex] {
  const make = (other: () => Duplex): Duplex =>
    new Duplex({ read() {}, write: (chunk: Buffer, _encoding, done) => (other().push(chunk), done()) });
  const left: Duplex = make(() => right);
  const right: Duplex = make(() => left);
  return [left, right];
}

const frame = (body: string | Buffer): Buffer => {
  const bytes = Buffer.from(body as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function read(chunks: readonly Uint8Array[], guard?: ConstructorParameters<typeof FrameReader>[1]) {
  const [near, far] = pipe();
  const messages: Message[] = [];
  const errors: string[] = [];
  const reader = new FrameReader(near, guard);
  reader.onError((error) => errors.push(error.message));
  reader.listen((message) => messages.push(message));
  for (const chunk of chunks) far.write(chunk);
  await settled();
  return { messages, errors, near, far };
}

const call = (id: number, params: object = {}) => ({ jsonrpc: '2.0', id, method: 'pins.verify', params });

describe('frames', () => {
  it('bring messages whole, however the stream cuts them, with bytes and without undefined', async () => {
    const [near, far] = pipe();
    const writer = new FrameWriter(near);
    const written: Buffer[] = [];
    far.on('data', (chunk: Buffer) => written.push(chunk));
    await writer.write(call(1, { digest: Buffer.of(1, 2, 255), none: undefined, text: 'å€😀' }) as Message);
    await writer.write(call(2) as Message);
    await settled();
    const singles = [...Buffer.concat(written)].map((byte) => Uint8Array.of(byte));
    const { messages, errors } = await read(singles);
    expect(messages).toEqual([call(1, { digest: Uint8Array.of(1, 2, 255), text: 'å€😀' }), call(2)]);
    expect(errors).toEqual([]);
  });

  it('of any bytes give messages of the protocol or one error, and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), async (chunks) => {
        const { messages, errors } = await read(chunks);
        expect(messages).toEqual([]);
        expect(errors.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('with any JSON give messages of the protocol or one error, and never throw', async () => {
    const part = fc.jsonValue();
    const message = fc.record(
      {
        jsonrpc: fc.constantFrom('2.0', '1.0'),
        id: part,
        method: fc.oneof(part, fc.string()),
        params: part,
        result: part,
        error: part,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(message, async (value) => {
        const { messages, errors } = await read([frame(JSON.stringify(value))]);
        expect(messages.length + errors.length).toBe(1);
      }),
    );
  });

  it.each([
    ['one byte too long', Buffer.from([0, 0x10, 0, 1])],
    ['as long as can be', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ])('%s are refused before they come', async (_what, start) => {
    const { errors, messages } = await read([start, frame(JSON.stringify(call(1)))]);
    expect(errors.length).toBe(1);
    expect(messages).toEqual([]);
  });

  it('that are too long are not written', async () => {
    const [near] = pipe();
    const long = call(1, { text: 'x'.repeat(largestFrame) }) as Message;
    await expect(new FrameWriter(near).write(long)).rejects.toThrow('a message of');
  });

  it('beyond the allowance are read later, and the stream waits meanwhile', async () => {
    const clock = new ManualClock();
    const allowance = new Allowance({ burst: 3, perSecond: 1 }, clock);
    const frames = [1, 2, 3, 4, 5, 6].map((id) => frame(JSON.stringify(call(id))));
    const { messages, near } = await read([Buffer.concat(frames)], { clock, allowance });
    expect(messages.length).toBe(4);
    expect(near.isPaused()).toBe(true);
    clock.pass(1_000);
    await settled();
    expect(messages.length).toBe(5);
    clock.pass(1_000);
    await settled();
    expect(messages.length).toBe(6);
  });

  it('to somebody who does not read are not kept for ever', async () => {
    const stuck = new Duplex({ read() {}, write() {}, highWaterMark: 1 });
    const writer = new FrameWriter(stuck);
    const errors: string[] = [];
    writer.onError(([error]) => errors.push(error.message));
    const big = call(1, { text: 'x'.repeat(largestFrame / 2) }) as Message;
    for (let count = 0; count < 64; count += 1) await writer.write(big);
    await expect(writer.write(big)).rejects.toThrow('does not read');
    expect(errors).toEqual(['it does not read what it is sent']);
  });
});
