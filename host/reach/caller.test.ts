import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, type ProgressStep } from '@sigill/core';
import fc from 'fast-check';
import { BehaviorSubject, firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../host.js';
import type { DistantPrompt } from '../pin/prompt.js';
import { Caller } from './caller.js';
import { frame, Frames } from './frames.js';
import { HostThere } from './host-there.js';
import { decodeWords } from './words.js';

const nobody: DistantPrompt = { ask: () => Promise.reject(new Failure('cancelled', {})) };
const readers = new BehaviorSubject([{ name: 'R', state: 'empty' as const }]);
let logged: string[];
let cancelled: string[];
let caller: Caller;
let there: HostThere;
let raw: Socket;
let folder: string;
let server: Server;

/** A host of which calls are made. */
function fakeHost(): Host {
  const keep = (line: string): void => void logged.push(line);
  const run = (
    id: string,
    args: object,
    signal: AbortSignal,
    progress: (step: ProgressStep) => void,
  ): Promise<object> => {
    progress({ value: 0.5 });
    if (id === 'a.fails') return Promise.reject(new Failure('pin-wrong', { pin: 'PIN1', triesLeft: 4 }));
    if (id === 'a.answers') return Promise.resolve({ messages: [], data: { args } });
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        cancelled.push(id);
        reject(new Failure('cancelled', {}));
      }),
    );
  };
  return {
    log: { debug: keep, info: keep, warn: keep, error: keep },
    asking: () => ({}),
    pcsc: { service: new BehaviorSubject({ available: true, readers: [{ name: 'R', insertion: 0 }] }) },
    cards: { readers, details: () => Promise.resolve({ bytes: Uint8Array.of(1, 2) }) },
    plugins: { run, list: () => [], commandOwner: () => undefined, launch: () => {} },
  } as unknown as Host;
}

/** A socket whose other end the host has. */
function connect(): Promise<Socket> {
  return new Promise((resolve) => {
    server.once('connection', (socket) => {
      caller = new Caller(socket, fakeHost(), { language: 'en', onReader: false });
      resolve(other);
    });
    const other = createConnection(join(folder, 's'));
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-reach-'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
  logged = [];
  cancelled = [];
  raw = await connect();
});
afterEach(() => {
  caller.dispose();
  raw.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends bytes and resolves when the host has let go. */
const letGo = (bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    raw.on('error', () => {});
    raw.resume();
    raw.once('close', resolve);
    raw.write(bytes);
  });

it('a command is run there as here: arguments, progress, result and failure', async () => {
  there = new HostThere(raw, nobody);
  const steps: ProgressStep[] = [];
  const args = { card: 'c', files: ['a', 'b'], ['__proto']: 1 };
  const progress = (step: ProgressStep): void => void steps.push(step);
  expect(await there.run('a.answers', args, { progress })).toEqual({ messages: [], data: { args } });
  expect(steps).toEqual([{ value: 0.5 }]);
  await expect(there.run('a.fails', {})).rejects.toMatchObject({
    code: 'pin-wrong',
    facts: { pin: 'PIN1', triesLeft: 4 },
  });
  expect(await there.details('c')).toEqual({ bytes: Uint8Array.of(1, 2) });
  expect(await there.texts('a.answers')).toBeUndefined();
});

it('readers are watched until one has enough', async () => {
  there = new HostThere(raw, nobody);
  const seen = lastValueFrom(there.watch().pipe(take(2), toArray()));
  await firstValueFrom(there.watch());
  readers.next([...readers.value]);
  expect(await seen).toEqual([readers.value, readers.value]);
});

it('a cancelled command is cancelled there, and answers', async () => {
  there = new HostThere(raw, nobody);
  const cancel = new AbortController();
  const running = there.run('a.waits', {}, { signal: cancel.signal, progress: () => cancel.abort() });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(cancelled).toEqual(['a.waits']);
});

it('what a caller has begun is cancelled when it goes', async () => {
  there = new HostThere(raw, nobody);
  const running = there.run('a.waits', {}, { progress: () => raw.destroy() });
  await expect(running).rejects.toMatchObject({ code: 'host-ended' });
  await expect.poll(() => cancelled).toEqual(['a.waits']);
});

it('a host that ends says so', async () => {
  there = new HostThere(raw, nobody);
  const running = there.run('a.waits', {}, { progress: () => caller.dispose() });
  await expect(running).rejects.toMatchObject({ code: 'host-ended' });
  await expect(there.plugins()).rejects.toMatchObject({ code: 'host-ended' });
});

const words = (value: unknown): Uint8Array => frame('words', Buffer.from(JSON.stringify(value)));
const call = { kind: 'call', call: 1, name: 'plugins', args: {} };

it.each([
  ['words that are no JSON', frame('words', Buffer.from('plugins'))],
  ['bytes that are no text', frame('words', Uint8Array.of(0xff, 0xfe))],
  ['a list', words([call])],
  ['an unknown kind', words({ ...call, kind: 'constructor' })],
  ['more than a call has', words({ ...call, pin: '1234' })],
  ['a call without a number', words({ ...call, call: 'one' })],
  ['arguments that are too many', words({ ...call, args: { list: Array.from({ length: 20_000 }, () => 1) } })],
  ['a value that nobody asked for', frame('secret', new Uint8Array(326))],
  ['a frame that is too long', Uint8Array.of(0, 0, 255, 0, 0)],
])('%s: the caller is let go, and the log does not repeat it', async (_, bytes) => {
  await letGo(bytes);
  expect(logged).toEqual([expect.stringMatching(/^a caller was let go/)]);
  expect(logged.join('')).not.toContain('1234');
});

it.each([
  ['constructor', {}, 'call-unknown'],
  ['quit', {}, 'call-unknown'],
  ['details', {}, 'call-invalid'],
  ['details', { card: '../x' }, 'call-invalid'],
  ['run', { command: 'a.answers', args: [] }, 'call-invalid'],
  ['run', { command: 'a.answers', args: {}, pin: '1234' }, 'call-invalid'],
  ['plugin', { name: 'x', action: 'remove' }, 'call-invalid'],
])('%s with %j is refused with %s, and the next call is answered', async (name, args, code) => {
  const answers: unknown[] = [];
  const frames = new Frames({ words: 10_000, secret: 0 }, (_, body) => answers.push(decodeWords(body)));
  raw.on('data', (bytes: Buffer) => frames.read(bytes));
  raw.write(words({ ...call, name, args }));
  raw.write(words({ ...call, call: 2 }));
  await expect.poll(() => answers.length).toBe(2);
  const refused = { kind: 'failure', call: 1, failure: { code } };
  expect(answers).toEqual(expect.arrayContaining([expect.objectContaining({ call: 2, value: [] })]));
  expect(answers).toEqual(
    expect.arrayContaining([expect.objectContaining({ ...refused, failure: expect.objectContaining({ code }) })]),
  );
});

it('no bytes end the host', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.json().map((text) => frame('words', Buffer.from(text))),
      ),
      async (bytes) => {
        raw = await connect();
        raw.on('error', () => {});
        raw.resume();
        raw.end(bytes);
        await new Promise((resolve) => raw.once('close', resolve));
      },
    ),
    { numRuns: 200 },
  );
});
