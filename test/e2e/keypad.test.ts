import { afterEach, expect, it } from 'vitest';
import { PinClient } from '../window/pin-client.js';
import { pinPage } from './pin-page.js';
import { RunningHost, sigill } from './running-host.js';
import { Home } from './sigill.js';
import { Terminal } from './terminal.js';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function home(): Home {
  const made = new Home();
  open.push({ close: () => made.remove() });
  return made;
}

async function running(card: string): Promise<RunningHost> {
  const host = await RunningHost.start(card);
  open.push(host);
  return host;
}

it.each([
  ['keypad', 'verify', 0],
  ['keypad', 'change', 0],
  ['keypad-wrong', 'verify', 4],
  ['keypad-cancel', 'change', 7],
  ['keypad-timeout', 'verify', 7],
] as const)('at a reader with a %s, %s is told to be typed there and ends with %i', async (how, operation, code) => {
  const terminal = new Terminal(home(), sigill(`--lang en --simulate fineid-v4@${how} pin ${operation} PIN1`));
  const told = await terminal.shows(/digits do not reach this computer/);
  expect(told).toContain('5 tries left');
  expect((await terminal.ended).code).toBe(code);
});

it('so it is on a host that runs: at the terminal where the command was started, and on the PIN page', async () => {
  const host = await running('fineid-v4@keypad');
  const terminal = new Terminal(host.home, sigill('--lang sv pin change PIN1'));
  await terminal.shows(/kortläsarens egna knappar/);
  expect((await terminal.ended).code).toBe(0);
  const page = new PinClient(await pinPage(host, 'pin.verify', 'PIN1'));
  const view = await page.enter();
  expect([view.onReader, view.fields]).toEqual([true, []]);
  expect((await page.answer(view, [])).status).toBe(200);
  while (!/verify for .*: done/.test(host.log)) await new Promise(setImmediate);
});

it('a program that gives codes on standard input gives them also there', async () => {
  const host = await running('fineid-v4@keypad-cancel');
  expect((await host.pin('verify', 'PIN1', '1234')).code).toBe(0);
  const { code } = await home().sigill(
    ['--simulate', 'fineid-v4@keypad-cancel', '--pin-stdin', 'pin', 'verify', 'PIN1'],
    {
      input: ['1234'],
    },
  );
  expect(code).toBe(0);
});

it('a keypad that there is not is told', async () => {
  const { code, errors } = await home().sigill(['--simulate', 'fineid-v4@keyboard', 'cards', '--json']);
  expect([code, JSON.parse(errors)]).toMatchObject([2, { code: 'simulation-unknown' }]);
});
