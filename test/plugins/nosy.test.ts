// What a plugin tries against the host and the computer. Left over where Node.js cannot deny it (for docs/threat-model):
// - Node.js 20, 22 and 24: code that knows Node.js from inside opens TCP and Unix sockets (pcscd's too) through the native class behind
//   standard output. The plain ways (net, http, fetch, dgram, dns) are closed by the runner. From 25 on Node.js denies the network itself.
// - All versions: a process of the same person may signal the host. The plain ways (process.kill, process._debugProcess) are closed by the
//   runner, and the host ignores SIGUSR1; a way around them is not known, and nothing below JavaScript would stop it.
// - All versions: a plugin that spins goes on for its time limit, and if the host is killed by force meanwhile, until somebody ends it.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notDenied } from '../../host/plugins/sandbox.js';
import { fakeHost, fixtures } from './fake-host.js';

const here = fileURLToPath(import.meta.url);
const left = notDenied(process.versions.node);
let fake: Awaited<ReturnType<typeof fakeHost>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigill-nosy-'));
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

  it('HTTP/2 goes through what is closed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await data('nosy.http2', { port })).toEqual({ reached: false, code: 'ERR_ACCESS_DENIED' });
    expect(connections).toBe(0);
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
