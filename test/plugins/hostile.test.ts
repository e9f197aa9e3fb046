// What a plugin tries against the host and the computer. Left over where Node.js cannot deny it (for docs/threat-model):
// - Node.js 20, 22 and 24: code that knows Node.js from inside opens TCP and Unix sockets (pcscd's too) through the native class behind
//   standard output. The plain ways (net, http, fetch, dgram, dns) are closed by the runner. From 25 on Node.js denies the network itself.
// - All versions: a process of the same person may signal the host. The plain ways (process.kill, process._debugProcess) are closed by the
//   runner, and the host ignores SIGUSR1; a way around them is not known, and nothing below JavaScript would stop it.
// - All versions: a plugin that spins goes on for its time limit, and if the host is killed by force meanwhile, until somebody ends it.
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PinOutcome, PinRequest, Pins } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notDenied } from '../../host/plugins/sandbox.js';
import { fakeHost, fixtures } from './fake-host.js';

const here = fileURLToPath(import.meta.url);
const left = notDenied(process.versions.node);
let fake: Awaited<ReturnType<typeof fakeHost>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigill-hostile-'));
  fake = await fakeHost({ user: fixtures }, { limits: { command: { own: 30_000, whole: 60_000 } } });
});
afterAll(async () => {
  fake.host.dispose();
  await rm(folder, { recursive: true });
});

const data = async (command: string, args = {}): Promise<unknown> => (await fake.host.run(command, args)).data;

describe('a plugin that is nosy gets nothing', () => {
  it.each([
    '/etc/passwd',
    '/proc/self/environ',
    `/proc/${process.pid}/environ`,
    `/proc/${process.pid}/mem`,
    here,
    fileURLToPath(new URL('../../host/dist/plugins/../cli/main.js', import.meta.url)),
    fileURLToPath(new URL('../../package.json', import.meta.url)),
    join(fixtures, 'greeter', 'index.js'),
    join(fixtures, 'nosy', '..', 'greeter', 'index.js'),
    `${fixtures}-other`,
  ])('it cannot read %s', async (path) => {
    expect(await data('nosy.read', { path })).toEqual({ reached: false, code: 'ERR_ACCESS_DENIED' });
  });

  it('it reads its own folder, so the attempts above are real', async () => {
    expect(await data('nosy.read', { path: join(fixtures, 'nosy', 'package.json') })).toMatchObject({ reached: true });
  });

  it('it cannot read through a link in its own folder', async () => {
    await cp(join(fixtures, 'nosy'), join(folder, 'plugins', 'nosy'), { recursive: true });
    await symlink('/etc', join(folder, 'plugins', 'nosy', 'out'));
    const { host } = await fakeHost({ user: join(folder, 'plugins') });
    const reading = host.run('nosy.read', { path: join(folder, 'plugins', 'nosy', 'out', 'passwd') });
    await expect(reading).rejects.toMatchObject({
      code: 'plugin-failed',
      facts: { why: expect.stringContaining('leads out') as string },
    });
    host.dispose();
  });

  it('it cannot write, not even in its own folder', async () => {
    for (const path of [join(fixtures, 'nosy', 'written'), join(folder, 'written'), '/dev/null']) {
      expect(await data('nosy.write', { path })).toEqual({ reached: false, code: 'ERR_ACCESS_DENIED' });
    }
  });

  it('it starts no process, worker, add-on, inspector or WASI, and reaches no inside of Node.js', async () => {
    const reached = (await data('nosy.run')) as Record<string, boolean>;
    expect(Object.keys(reached).length).toBe(13);
    expect(Object.entries(reached).filter(([, yes]) => yes)).toEqual([]);
  });

  it('it has nothing of the environment but language and time zone, no terminal, and its own folder', async () => {
    const { names, ...rest } = (await data('nosy.environment')) as { names: string[] };
    expect(rest).toEqual({ terminal: false, folder: join(fixtures, 'nosy') });
    expect(names.filter((name) => !['LANG', 'LC_ALL', 'TZ'].includes(name))).toEqual([]);
  });

  it("a Unix socket such as pcscd's: the plain way is closed; the way from inside is open exactly where Node.js cannot deny it", async () => {
    const path = join(folder, 'pcscd.comm');
    const server = createServer().listen(path);
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    expect(await data('nosy.socket', { path })).toEqual({ reached: false, code: 'ERR_ACCESS_DENIED' });
    expect(connections).toBe(0);
    expect(await data('nosy.handle', { path })).toMatchObject({ reached: left.includes('network') });
    server.close();
  });

  it('it cannot send a signal to the host; one that comes all the same opens no inspector', async () => {
    const host = fileURLToPath(new URL('./fixtures/signalled-host.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [host, fixtures]);
    const refused = { reached: false, code: 'ERR_ACCESS_DENIED' };
    expect(JSON.parse(stdout)).toEqual({
      attempts: { SIGUSR1: refused, SIGTERM: refused, SIGKILL: refused, SIGSTOP: refused, 0: refused },
      heard: 'SIGUSR1',
      inspector: 'closed',
    });
  });
});

describe('a plugin that asks past the proxies gets an answer only to what the contract has', () => {
  const request = { card: 'card-1', pin: 'PIN1' };
  const call = (name: string, request: unknown = {}): Promise<unknown> => data('asker.call', { call: name, request });

  it.each([
    'pins.value',
    'pins.ask',
    'pins.read',
    'pins',
    'pins.verify.value',
    'secret',
    'prompt',
    'cards.transmit',
    'cards.use',
    'commands.run',
    'plugin.start',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'pins.__proto__',
    'PINS.VERIFY',
    '',
  ])('there is no call %j', async (name) => {
    expect(await call(name)).toEqual({ error: { code: 'call-unknown', facts: { call: name } } });
    expect(fake.asked).toEqual([]);
  });

  it.each([
    {},
    { card: 'card-1' },
    { card: 'card-1', pin: '1234' },
    { card: 'card-1', pin: 'PIN1', value: '1234' },
    { card: 'card-1', pin: 'PIN1', new: [1, 2, 3, 4] },
    { card: 'card-1', pin: 'PIN1', requester: 'Your bank' },
    { card: 'card-1', pin: ['PIN1'] },
    { card: 'card-1', pin: { toString: 'PIN1' } },
    { card: { id: 'card-1' }, pin: 'PIN1' },
    { card: 'x'.repeat(101), pin: 'PIN1' },
    { card: 'card-1\u0000', pin: 'PIN1' },
    { card: 'card-1', pin: { $bytes: 'MTIzNA==' } },
  ] as readonly object[])('a PIN call of the shape %j is refused', async (request) => {
    for (const name of ['pins.verify', 'pins.change', 'pins.unlock']) {
      expect(await call(name, request)).toMatchObject({ error: { code: 'call-invalid', facts: { call: name } } });
    }
    expect(fake.asked).toEqual([]);
  });

  it('the same call in its right shape comes through, so the refusals above are real', async () => {
    expect(await call('pins.verify', { card: 'card-1', pin: 'PIN1' })).toEqual({
      result: { pin: 'PIN1', state: 'ok', triesLeft: 5 },
    });
    expect(fake.asked.splice(0)).toEqual([
      { requester: 'Asker (asker)', operation: 'verify', request: { card: 'card-1', pin: 'PIN1' } },
    ]);
  });

  it('nobody is asked for two things at once', async () => {
    const verify = async ({ pin }: PinRequest): Promise<PinOutcome> => {
      await patient.line(/refused 4/);
      return { pin, state: 'ok' };
    };
    const patient = await fakeHost({ user: fixtures }, { pins: () => ({ verify }) as Pins });
    const { data: answers } = await patient.host.run('asker.many', { call: 'pins.verify', request, times: 5 });
    patient.host.dispose();
    const codes = (answers as { error?: { code: string } }[]).map(({ error }) => error?.code);
    expect(codes.sort()).toEqual([...Array<string>(4).fill('call-invalid'), undefined]);
  });

  it('nobody is asked by a plugin that no person has started', async () => {
    await fake.host.run('asker.background', { request });
    expect(await fake.line(/asker: answer/)).toContain('only while a command of the plugin runs');
    expect(fake.asked).toEqual([]);
  });

  it('a call without permission is refused by the host', async () => {
    const verify = fake.host.run('no-permission.verify', { card: 'card-1', pin: 'PIN1' });
    await expect(verify).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { plugin: 'no-permission', permission: 'pins' },
    });
    const details = fake.host.run('no-permission.details', { card: 'card-1' });
    await expect(details).rejects.toMatchObject({ code: 'permission-missing', facts: { permission: 'cards' } });
    expect(
      await call('signing.sign', {
        card: 'card-1',
        key: '45',
        algorithm: 'ECDSA-SHA256',
        digest: { $bytes: `${'A'.repeat(43)}=` },
      }),
    ).toEqual({
      error: { code: 'permission-missing', facts: { plugin: 'asker', permission: 'sign' } },
    });
  });

  it('an offer for a command of somebody else is refused', async () => {
    expect(await call('commands.offer', { id: 'greeter.greet', args: {} })).toEqual({
      error: { code: 'command-unknown', facts: { command: 'greeter.greet' } },
    });
  });
});

describe('a plugin that is rude ends alone', () => {
  const failing = async (command: string, args = {}, { host } = fake): Promise<unknown> =>
    await host.run(command, args).catch((error: unknown) => error);
  /** The plugin works again, in another process, and the other plugin never noticed. */
  const goesOn = async (): Promise<void> => {
    expect((await fake.host.run('rude.nice')).messages).toEqual([{ key: 'nice' }]);
    expect((await fake.host.run('greeter.greet')).messages.length).toBe(1);
    fake.host.enable('rude');
  };

  it.each([
    ['quits in the middle', 'rude.quit', {}, { code: 'plugin-failed', facts: { why: 'it ended: exit code 7' } }],
    [
      'announces 4 GiB',
      'rude.huge',
      {},
      { code: 'plugin-failed', facts: { why: 'it sent a message of 4294967295 bytes' } },
    ],
    ['sends what is no message', 'rude.garbage', { bytes: '000000047b7b7b7b' }, { code: 'plugin-failed' }],
    ['sends an empty message', 'rude.garbage', { bytes: '00000000' }, { code: 'plugin-failed' }],
    [
      'cancels nothing',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","method":"$/cancelRequest"}' },
      { code: 'plugin-failed' },
    ],
    [
      'cancels null',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":null}}' },
      { code: 'plugin-failed' },
    ],
    [
      'has ids of its own',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","id":{},"method":"log.write","params":{}}' },
      { code: 'plugin-failed' },
    ],
    ['answers null', 'rude.answer', { answer: undefined }, { code: 'plugin-failed' }],
    ['answers too much', 'rude.answer', { answer: { messages: [], extra: 1 } }, { code: 'plugin-failed' }],
    ['answers with a bad key', 'rude.answer', { answer: { messages: [{ key: '../x' }] } }, { code: 'plugin-failed' }],
    ['has a bug', 'rude.fail', { bug: 'oops\u001b[2J' }, { code: 'plugin-failed', facts: { why: 'oops\ufffd[2J' } }],
    ['fails by an unknown code', 'rude.fail', { code: 'constructor', facts: {} }, { code: 'plugin-failed' }],
  ])('one that %s', async (_what, command, args, failure) => {
    expect(await failing(command, args)).toMatchObject(failure);
    await goesOn();
  });

  it.each(['rude.silent', 'rude.spin', 'rude.deaf'])(
    'one that never answers (%s) is killed after its time',
    async (command) => {
      const hurried = await fakeHost({ user: fixtures }, { limits: { command: { own: 1_000, whole: 60_000 } } });
      const failure = { code: 'plugin-slow', facts: { plugin: 'rude', call: command } };
      expect(await failing(command, {}, hurried)).toMatchObject(failure);
      expect(hurried.state('rude')).toMatchObject({ state: 'stopped', failure });
      expect((await hurried.host.run('rude.nice')).messages).toEqual([{ key: 'nice' }]);
      hurried.host.dispose();
    },
  );

  it('one that floods the contract slows only itself, and its lines are bounded', async () => {
    const before = fake.lineCount();
    await fake.host.run('rude.flood', { times: 2_000 });
    expect(fake.lineCount() - before).toBeLessThan(1_000);
    await goesOn();
  });

  it('what one prints is cut, cleaned and bounded', async () => {
    const before = fake.lineCount();
    await fake.host.run('rude.print', { times: 5_000 });
    expect(await fake.line(/line$/)).toBe('rude: one\ufffd[2Jline');
    expect((await fake.line(/xxx/)).length).toBeLessThan(1_100);
    expect(fake.lineCount() - before).toBeLessThan(1_000);
    await goesOn();
  });

  it('one that throws at start is tried four times and then let be, its reason kept', async () => {
    for (let start = 0; start < 5; start += 1) {
      expect(await failing('throws-at-start.go')).toMatchObject({
        code: 'plugin-failed',
        facts: { why: 'no such luck' },
      });
    }
    expect(fake.state('throws-at-start')).toMatchObject({
      state: 'failed',
      failure: { facts: { why: 'no such luck' } },
    });
    await goesOn();
  });
});
