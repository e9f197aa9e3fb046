import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, ended, Home, shown } from './sigill.js';

interface Status {
  readonly pid: number;
  readonly simulated: boolean;
  readonly language: string;
  readonly readers: readonly { readonly name: string; readonly state: string }[];
}

let home: Home;
let running: ChildProcessWithoutNullStreams[];
beforeEach(() => {
  home = new Home();
  running = [];
});
afterEach(async () => {
  for (const child of running) {
    const gone = ended(child);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    else continue;
    await gone;
  }
  home.remove();
});

/** A host that stays, once it says that it runs. */
async function host(
  ...args: readonly string[]
): Promise<{ child: ChildProcessWithoutNullStreams; ended: Promise<Ended> }> {
  const child = home.start(['--simulate', 'fineid-org:new-a', ...args, '--headless']);
  running.push(child);
  const end = ended(child);
  await shown(child.stdout, /\n/);
  return { child, ended: end };
}

const status = (): Promise<Status> => home.json<Status>(['status']);
const at = (name: string): string => join(home.folder, 'runtime', 'sigill', name);

describe('one host for each person', () => {
  it('a second start finds the first, which ends when it is told to', async () => {
    const first = await host();
    const again = await home.sigill(['--simulate', 'fineid-org:new-a']);
    expect(again).toMatchObject({ code: 0, errors: '' });
    expect(again.output).toBe('Sigill is running already. Its window has been opened.\n');
    expect((await status()).pid).toBe(first.child.pid);
    expect(await home.sigill(['quit'])).toEqual({ code: 0, output: 'Sigill has ended.\n', errors: '' });
    // It has ended by then, and cleaned up behind it.
    expect(existsSync(at('host.sock'))).toBe(false);
    expect(existsSync(at('host.lock'))).toBe(false);
    expect((await first.ended).code).toBe(0);
    expect((await home.sigill(['quit'])).code).toBe(3);
  });

  it('of many that start at once, one stays', async () => {
    const children = Array.from({ length: 4 }, () => home.start(['--simulate', 'fineid-org:new-a', '--headless']));
    running.push(...children);
    const ends = children.map(ended);
    await Promise.all(children.map((child) => shown(child.stdout, /\n/)));
    const { pid } = await status();
    const losers = ends.filter((_, index) => children[index]?.pid !== pid);
    expect(losers).toHaveLength(3);
    for (const { code, output } of await Promise.all(losers)) {
      expect(output).toContain('running already');
      expect(code).toBe(0);
    }
  });

  it('what a killed one left does not keep the next from starting', async () => {
    const first = await host();
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(at('host.sock'))).toBe(true);
    const second = await host();
    expect((await status()).pid).toBe(second.child.pid);
  });

  it('its socket is for its owner alone, and garbage on it harms nobody', async () => {
    const { child } = await host();
    expect(statSync(at('host.sock')).mode & 0o777).toBe(0o600);
    expect(statSync(at('.')).mode & 0o777).toBe(0o700);
    await new Promise<void>((resolve) => {
      const socket = createConnection(at('host.sock'));
      socket.on('error', () => {});
      socket.once('close', () => resolve());
      socket.resume();
      socket.write(Buffer.alloc(1_000_000, 0x41));
    });
    expect((await status()).pid).toBe(child.pid);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it in good order', async (signal) => {
    const { child, ended } = await host();
    child.kill(signal);
    expect((await ended).code).toBe(0);
    expect(existsSync(at('host.lock'))).toBe(false);
  });
});

describe('what other starts ask of it', () => {
  it('the window’s address, which works once', async () => {
    await host();
    const { output } = await home.sigill(['window', '--print']);
    const address = output.trim();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+$/);
    const [first, replayed] = [
      await fetch(address, { redirect: 'manual' }),
      await fetch(address, { redirect: 'manual' }),
    ];
    expect([first.status, first.headers.has('set-cookie')]).toEqual([303, true]);
    expect(replayed.status).toBeGreaterThanOrEqual(400);
  });

  it('a simulated card is taken out and put back in', async () => {
    await host();
    const state = async () => (await status()).readers[0]?.state;
    await home.sigill(['simulate', '--remove']);
    expect(await state()).toBe('empty');
    await home.sigill(['simulate', '--insert', 'Sigill Simulated Reader 00 00']);
    expect(['reading', 'not-activated']).toContain(await state());
    const { code, errors } = await home.sigill(['simulate', '--insert', 'Cherry', '--json']);
    expect([code, JSON.parse(errors)]).toMatchObject([3, { code: 'reader-unknown' }]);
  });

  it.each(['status', 'window', 'quit'])('without one, `sigill %s` says that none runs', async (command) => {
    const { code, errors } = await home.sigill([command]);
    expect(errors).toBe('✗ Sigill is not running. The command “sigill” starts it.\n');
    expect(code).toBe(3);
  });
});

it('the language that was chosen is that of the next start, and a broken settings file stops nothing', async () => {
  const first = await host('--lang', 'sv');
  expect((await status()).language).toBe('sv');
  await home.sigill(['quit']);
  await first.ended;
  const settings = join(home.folder, 'config', 'sigill', 'settings.json');
  expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({ language: 'sv' });
  await host();
  expect((await status()).language).toBe('sv');
  await home.sigill(['quit']);
  writeFileSync(settings, '{"language": "sv"');
  await host();
  expect((await status()).language).toBe('en');
  expect(readFileSync(`${settings}.broken`, 'utf8')).toBe('{"language": "sv"');
});
