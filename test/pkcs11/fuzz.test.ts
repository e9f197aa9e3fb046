import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAttributeRooms, readAttributes } from '../../host/pkcs11/attribute.js';
import { calls } from '../../host/pkcs11/calls.js';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { frame, FrameReader, longestBody } from '../../host/pkcs11/frames.js';
import { readMechanism } from '../../host/pkcs11/mechanism.js';
import { Refusal } from '../../host/pkcs11/refusal.js';
import { WireReader } from '../../host/pkcs11/wire-reader.js';
import { WireWriter } from '../../host/pkcs11/wire-writer.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('any bytes are a message, or a refusal', () => {
  it.each([
    ['attributes', (reader: WireReader) => readAttributes(reader)],
    ['attributes that are wanted', (reader: WireReader) => readAttributeRooms(reader)],
    ['a mechanism', (reader: WireReader) => readMechanism(reader, 0)],
    ['a mechanism of version 2', (reader: WireReader) => readMechanism(reader, 2)],
  ])('%s', (_name, read) => {
    fc.assert(
      fc.property(bytes, (given) => {
        try {
          read(new WireReader(given));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });

  it('messages come out of any pieces as they went in', () => {
    const whole = fc.array(fc.record({ serial: fc.nat(), body: fc.uint8Array({ minLength: 4, maxLength: 300 }) }));
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 40 }), (messages, size) => {
        const stream = Buffer.concat(messages.map(({ serial, body }) => frame(serial, body)));
        const reader = new FrameReader();
        const found = [];
        for (let at = 0; at < stream.length; at += size) found.push(...reader.push(stream.subarray(at, at + size)));
        expect(found.map(({ serial, body }) => [serial, [...body]])).toEqual(
          messages.map(({ serial, body }) => [serial, [...body]]),
        );
        expect(stream.every((byte) => byte === 0)).toBe(true);
      }),
    );
  });
});

describe('a host that programs send nonsense to', () => {
  let stage: Pkcs11Stage;
  beforeAll(async () => {
    stage = await pkcs11Stage(['myeid']);
  });
  afterAll(() => stage.close());

  /** Connects as a program does. */
  async function connect(): Promise<Socket> {
    const socket = createConnection(stage.socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(Uint8Array.of(2));
    await once(socket, 'data');
    return socket;
  }

  /** Serves who asks in the right way. */
  async function serves(): Promise<boolean> {
    const client = await Pkcs11Client.connect(stage.socket);
    const answer = await client.call('C_GetSlotList', (writer) => writer.byte(1).uint32(8));
    client.close();
    return answer.byte() === 1;
  }

  it('ends what is no message, and lives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 12, maxLength: 100 }), async (given) => {
        const socket = await connect();
        socket.end(given);
        socket.resume();
        await once(socket, 'close');
      }),
      { numRuns: 50 },
    );
    expect(await serves()).toBe(true);
  });

  it('answers every call with any arguments', async () => {
    const client = await Pkcs11Client.connect(stage.socket);
    const called = fc.constantFrom(...[...calls.values()].filter(({ name }) => !/Initialize|Finalize|Wait/.test(name)));
    const numbers = fc.array(fc.constantFrom(0, 1, 2, 5, 0x250, 0x1041, 0xffff_ffff), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(called, numbers, bytes, async ({ name }, small, rest) => {
        const write = (writer: WireWriter): void => {
          for (const number of small) writer.ulong(number);
          writer.raw(rest);
        };
        try {
          await client.call(name, write);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 500 },
    );
    client.close();
    expect(stage.log.filter((line) => /Error|at /.test(line))).toEqual([]);
    expect(await serves()).toBe(true);
  });

  it.each([
    ['options', 0xffff_ffff, 8],
    ['a body', 0, 0xffff_ffff],
    ['a body just too long', 0, longestBody + 1],
    ['no body', 0, 0],
  ])('does not wait for %s of impossible length', async (_what, options, length) => {
    const socket = await connect();
    const header = Buffer.alloc(12);
    header.writeUInt32BE(1, 0);
    header.writeUInt32BE(options, 4);
    header.writeUInt32BE(length, 8);
    const closed = once(socket, 'close');
    socket.write(header);
    await closed;
    expect(await serves()).toBe(true);
  });

  it('takes no memory for what is only announced', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const header = Buffer.alloc(16);
    header.writeUInt32BE(longestBody, 8);
    const sockets = await Promise.all(Array.from({ length: 200 }, connect));
    for (const socket of sockets) socket.write(header);
    expect(await serves()).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    await Promise.all(sockets.map((socket) => (socket.destroy(), once(socket, 'close'))));
  });

  it('lets a thousand programs come, serves as many as it can, and the next when they have gone', async () => {
    const sockets = Array.from({ length: 1_000 }, () => createConnection(stage.socket).on('error', () => {}));
    const settled = sockets.map((socket) => {
      socket.once('connect', () => socket.write(Uint8Array.of(2)));
      return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
    });
    const served = (await Promise.all(settled.map((one) => one.catch(() => false)))).filter(Boolean).length;
    expect(served).toBe(256);
    expect(stage.server.connections).toBe(256);
    await Promise.all(
      sockets.map((socket) => (socket.destroyed ? undefined : (socket.destroy(), once(socket, 'close')))),
    );
    while (stage.server.connections > 0) await new Promise(setImmediate);
    expect(await serves()).toBe(true);
  });
});
