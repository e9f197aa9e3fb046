import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ascii, PinClient } from '../window/pin-client.js';
import { pinPage } from './pin-page.js';
import { RunningHost, sigill } from './running-host.js';
import { childrenOf, ended } from './sigill.js';
import { Terminal } from './terminal.js';

let host: RunningHost;
afterEach(() => host.close());

const full = 'PIN1 5, PIN2 5, PUK 5';

it('the person is asked in the terminal where the command was started, in its language', async () => {
  host = await RunningHost.start('fineid-v4');
  const terminal = new Terminal(host.home, sigill('--lang sv pin verify PIN1'));
  const asked = await terminal.shows(/Nuvarande kod.*: /s);
  expect(asked).toContain('5 försök');
  terminal.type('12a4\r');
  await terminal.shows(/får bara innehålla siffrorna 0–9.*Nuvarande kod.*: /s);
  terminal.type('9999\r');
  const wrong = await terminal.ended;
  expect([wrong.code, wrong.output.includes('9999')]).toEqual([4, false]);
  const again = new Terminal(host.home, sigill('--lang sv pin verify PIN1'));
  await again.shows(/Nuvarande kod.*: /s);
  // What the card has called wrong is known to the host, and told in place.
  again.type('9999\r');
  await again.shows(/Nuvarande kod.*: /s);
  again.type('1234\r');
  expect((await again.ended).code).toBe(0);
  expect(await host.tries()).toBe(full);
});

it('an activation is left half-way with Ctrl-C: nothing is set', async () => {
  host = await RunningHost.start('fineid-v4:new-a');
  const terminal = new Terminal(host.home, sigill('--lang en activate'));
  await terminal.shows(/Activation code.*: /s);
  terminal.type('12345678\r');
  await terminal.shows(/New code.*: /s);
  terminal.type('2580\r2581\r');
  await terminal.shows(/New code.*New code.*: /s);
  terminal.type('\u0003');
  const { code, output } = await terminal.ended;
  expect(code).toBe(7);
  expect(output).toContain('Cancelled. No try was spent.');
  expect((await host.home.sigill(['cards'])).output).toContain('not activated');
});

it.each(['SIGINT', 'SIGKILL'] as const)('%s of the command takes its question back', async (signal) => {
  host = await RunningHost.start('fineid-v4');
  const child = host.home.start(['--pin-stdin', '--json', 'pin', 'change', 'PIN1']);
  const end = ended(child);
  await asked();
  child.kill(signal);
  expect((await end).code).toBe(signal === 'SIGINT' ? 7 : null);
  await logged(/run: cancelled/);
  expect((await host.pin('verify', 'PIN1', '1234')).code).toBe(0);
  expect(await host.tries()).toBe(full);
});

it('a host that is ended while somebody is asked tells so in words', async () => {
  host = await RunningHost.start('fineid-v4');
  const terminal = new Terminal(host.home, sigill('--lang en pin verify PIN1'));
  await terminal.shows(/Current code.*: /s);
  expect((await host.home.sigill(['quit'])).code).toBe(0);
  const { code, output } = await terminal.ended;
  expect([code, output]).toEqual([3, expect.stringContaining('Sigill was ended while this was under way.')]);
});

it('a terminal and the window’s PIN page ask at the same time', async () => {
  host = await RunningHost.start('fineid-v4');
  const terminal = new Terminal(host.home, sigill('--lang en pin verify PIN2'));
  await terminal.shows(/Current code.*: /s);
  const page = new PinClient(await pinPage(host, 'pin.verify', 'PIN1'));
  expect((await page.answer(await page.enter(), [ascii('1234')])).status).toBe(200);
  await logged(/verify for .*: done/);
  terminal.type('123456\r');
  expect((await terminal.ended).code).toBe(0);
});

it('another version of the host is told, and not used', async () => {
  host = await RunningHost.start('fineid-v4');
  host.child.kill('SIGKILL');
  await host.ended;
  const socket = join(host.home.folder, 'runtime', 'sigill', 'host.sock');
  rmSync(socket);
  const other = createServer((one) => {
    one.on('error', () => {});
    one.resume();
    one.end('{"ok":true,"attached":{"version":"0.0.9","home":""}}\n');
  });
  await new Promise<void>((resolve) => other.listen(socket, resolve));
  const environment = { PCSCLITE_CSOCK_NAME: '/nowhere' };
  const { errors } = await host.home.sigill(['cards'], { environment });
  const program = await host.home.sigill(['cards', '--json'], { environment });
  await new Promise((resolve) => other.close(resolve));
  expect(errors).toContain('The Sigill that is running is version 0.0.9');
  expect(JSON.parse(program.errors)).toMatchObject({ code: 'service-absent' });
});

it('no code stands in the host’s log or files, nor anywhere in its words', async () => {
  host = await RunningHost.start('fineid-v4');
  const codes = ['90817263', '71625348', '83726150'] as const;
  expect((await host.pin('change', 'PIN1', '1234', codes[0], codes[0])).code).toBe(0);
  expect((await host.pin('verify', 'PIN1', codes[2])).code).toBe(4);
  expect((await host.pin('change', 'PIN1', codes[0], codes[1], codes[1])).code).toBe(0);
  expect(host.log).toContain('change for');
  const files = host.home.files().filter(([path]) => !path.includes('simulated'));
  for (const digits of codes)
    for (const form of [digits, Buffer.from(digits).toString('hex'), Buffer.from(digits).toString('base64')])
      for (const [path, bytes] of files) expect(bytes.includes(form), path).toBe(false);
});

/** Resolves once the host runs the plugin that asks. */
async function asked(): Promise<void> {
  while (childrenOf(host.child.pid ?? 0).length === 0) await new Promise(setImmediate);
}

async function logged(words: RegExp): Promise<void> {
  while (!words.test(host.log)) await new Promise(setImmediate);
}
