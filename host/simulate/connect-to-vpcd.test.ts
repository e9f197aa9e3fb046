import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCard, type SimulatedCard } from '@sigill/core/sim';
import { connectToVpcd, type VpcdSession } from './connect-to-vpcd.js';
import { VpcdFrames, vpcdFrame } from './vpcd-frames.js';

let server: Server;
let port: number;
let card: SimulatedCard;
let session: VpcdSession;
let reader: Socket;
let frames: VpcdFrames;
const stop = { controller: new AbortController() };

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  card = createCard('fineid-v4');
  stop.controller = new AbortController();
});

afterEach(() => {
  stop.controller.abort();
  server.close();
});

async function inserted(): Promise<void> {
  const arrived = once(server, 'connection');
  session = await connectToVpcd({ host: '127.0.0.1', port, card, signal: stop.controller.signal });
  [reader] = (await arrived) as [Socket];
  frames = new VpcdFrames();
}

const say = (...bytes: number[]): boolean => reader.write(vpcdFrame(Uint8Array.from(bytes)));

async function answer(): Promise<string> {
  for (;;) {
    const [bytes] = (await once(reader, 'data')) as [Buffer];
    const [body] = frames.push(bytes);
    if (body) return Buffer.from(body).toString('hex');
  }
}

it('vpcd asks for the answer to reset, powers the card and sends commands in pieces', async () => {
  await inserted();
  say(4);
  expect(await answer()).toBe('3b7f9600008031b865b085050011122460829000');
  say(1);
  reader.write(Uint8Array.of(0));
  reader.write(Uint8Array.of(4, 0x00, 0x20));
  reader.write(Uint8Array.of(0x00, 0x11));
  expect(await answer()).toBe('63c5');
});

it('a reset and a power cycle make the card forget', async () => {
  await inserted();
  for (const control of [2, 0]) {
    say(1);
    say(0x00, 0x20, 0x00, 0x11, 12, ...Buffer.from('1234\0\0\0\0\0\0\0\0'));
    expect(await answer()).toBe('9000');
    say(control);
    say(1);
    say(0x00, 0x20, 0x00, 0x11);
    expect(await answer()).toBe('63c5');
  }
});

it('the card leaves when it is pulled, when a fault pulls it, and when vpcd ends', async () => {
  await inserted();
  stop.controller.abort();
  await session.ended;
  stop.controller = new AbortController();
  await inserted();
  say(1);
  card.inject({ at: 1, kind: 'removed-before' });
  say(0x00, 0x20, 0x00, 0x11);
  await session.ended;
  await inserted();
  reader.resetAndDestroy();
  await session.ended;
});

it('says where nobody listens', async () => {
  server.close();
  await once(server, 'close');
  await expect(connectToVpcd({ host: '127.0.0.1', port, card })).rejects.toMatchObject({
    code: 'vpcd-absent',
    facts: { address: `127.0.0.1:${port}` },
  });
});

it('does not begin when it was called off before', async () => {
  await expect(connectToVpcd({ host: '127.0.0.1', port, card, signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
