import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '@sigill/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askResident } from './ask-resident.js';
import type { ResidentCall } from './resident-call.js';
import { ResidentServer } from './resident-server.js';
import { socketPlace, type SocketPlace } from './socket-place.js';

let folder: string;
let place: SocketPlace;
let server: ResidentServer;
let calls: ResidentCall[];
let quits: number;

const log = { debug() {}, info() {}, warn() {}, error() {} };
const listen = () =>
  ResidentServer.listen({
    place,
    log,
    answer(call) {
      calls.push(call);
      if (call.kind === 'simulate') throw new Failure('no-card', {});
      return call.kind === 'print' ? { ok: true, address: 'http://127.0.0.1:1/' } : { ok: true };
    },
    attach: (socket) => ({ dispose: () => socket.destroy() }),
    quit() {
      quits += 1;
      server.dispose();
    },
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-resident-'));
  place = socketPlace(join(folder, 'run'), 'linux');
  calls = [];
  quits = 0;
  server = await listen();
});
afterEach(() => {
  server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** What comes back for bytes of any kind. */
const send = (bytes: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    const socket = createConnection(place.socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.once('close', () => resolve(text));
    socket.end(bytes);
  });

describe('the host that runs is asked over a socket', () => {
  it('that its owner alone can reach', () => {
    expect(statSync(place.socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o700);
  });

  it('and answers', async () => {
    expect(await askResident(place.socket, { kind: 'print' })).toEqual({ ok: true, address: 'http://127.0.0.1:1/' });
    expect(await askResident(place.socket, { kind: 'open' })).toEqual({ ok: true });
    const simulate = { kind: 'simulate', action: 'remove', reader: 'R' } as const;
    await expect(askResident(place.socket, simulate)).rejects.toMatchObject({ code: 'no-card' });
    expect(calls).toEqual([{ kind: 'print' }, { kind: 'open' }, simulate]);
  });

  it('one that is told to quit is gone when the caller hears of it', async () => {
    await askResident(place.socket, { kind: 'quit' });
    expect(quits).toBe(1);
    await expect(askResident(place.socket, { kind: 'open' })).rejects.toMatchObject({ code: 'host-absent' });
  });

  it.each([
    ['nothing', '\n'],
    ['no JSON', 'open\n'],
    ['a list', '["open"]\n'],
    ['an unknown kind', '{"kind":"shell"}\n'],
    ['a kind of objects themselves', '{"kind":"constructor"}\n'],
    ['more than it may have', '{"kind":"open","address":"http://example.org"}\n'],
    ['half a simulation', '{"kind":"simulate","action":"remove"}\n'],
    ['an action that there is not', '{"kind":"simulate","action":"burn","reader":"R"}\n'],
    ['a line that is too long', `{"kind":"open"${' '.repeat(70_000)}}\n`],
    ['a line without end', 'x'.repeat(100_000)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
  ])('%s is refused, and the next caller is served', async (_, bytes) => {
    expect(JSON.parse(await send(bytes))).toMatchObject({ ok: false, code: 'call-invalid' });
    expect(calls).toEqual([]);
    expect(await askResident(place.socket, { kind: 'open' })).toEqual({ ok: true });
  });

  it('a hundred callers that say nothing keep nobody out for long', async () => {
    const silent = Array.from({ length: 100 }, () => createConnection(place.socket).on('error', () => {}));
    // Those beyond the most that are let in at a time are let go at once.
    await Promise.all(silent.slice(16).map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of silent) socket.destroy();
    await Promise.all(silent.map((socket) => socket.closed || new Promise((resolve) => socket.once('close', resolve))));
    await expect.poll(() => askResident(place.socket, { kind: 'open' }).catch(() => undefined)).toEqual({ ok: true });
  });

  it('a socket that a dead host left behind is taken over', async () => {
    server.dispose();
    writeFileSync(place.socket, 'what was left');
    server = await listen();
    expect(await askResident(place.socket, { kind: 'open' })).toEqual({ ok: true });
  });
});

describe('the folder of the socket', () => {
  it('is closed to others when it was open', () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    socketPlace(open, 'linux');
    expect(statSync(open).mode & 0o777).toBe(0o700);
  });

  it('that is too deep for a socket is a failure that says so', () => {
    const deep = join(folder, 'x'.repeat(100));
    expect(() => socketPlace(deep, 'linux')).toThrowError(expect.objectContaining({ code: 'file-unwritable' }));
  });

  it('is a name of its own for each person on Windows', () => {
    const names = ['one', 'other'].map((name) => socketPlace(join(folder, name), 'win32').socket);
    expect(names[0]).toMatch(/^\\\\\.\\pipe\\sigill-[0-9a-f]{32}$/);
    expect(names[0]).not.toBe(names[1]);
  });
});
