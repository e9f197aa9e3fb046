import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createCard, type LoggedApdu } from '@sigill/core/sim';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import { Program } from '../pkcs11/program.js';
import { PinClient } from '../window/pin-client.js';
import { type CardDesk, cardDesk, tokens } from './card-desk.js';
import { digest, module } from './programs-beside.js';

const token = 'Finnish identity card (PIN1)';
// The card is in this process, so that a test sees where it is; reader, pcscd, host and programs are what they are elsewhere.
const card = createCard('fineid-v4');
const pulled = new AbortController();
let seen: (exchange: LoggedApdu) => void = () => {};
let ended: Promise<void>;
let desk: CardDesk;

beforeAll(async () => {
  desk = await cardDesk();
  const place = { host: '127.0.0.1', port: desk.ports[0] };
  const session = await connectToVpcd({ ...place, card, signal: pulled.signal, onApdu: (exchange) => seen(exchange) });
  ended = session.ended;
  await tokens(desk.socket, 2);
});
beforeEach(() => {
  desk.person.reset();
  seen = () => {};
});
afterAll(async () => {
  await desk.close();
  pulled.abort();
  await ended;
});

const digested = (): string => desk.file('digest', digest('sha384', randomBytes(9)));
const sign = (): readonly string[] => [
  ...['--module', module, '--token-label', token, '--login', '--sign', '-m', 'ECDSA', '--id', '45'],
  ...['-i', digested(), '-o', desk.file('signature')],
];

/** What another program at the card is told: VERIFY without a body asks for the state and costs no try; 63Cx is not verified. */
const asked = (): Promise<string> => desk.well('opensc-tool', '--reader', '0', '-s', '00:20:00:11');

it.each([
  ['the PIN is presented', /secret/],
  ['the key is chosen', /^002241/],
  ['the digest is loaded', /^002a90a0/],
  ['the signature is made', /^002a9e9a/],
])('a program that is killed when %s leaves the card free and unverified', async (_when, step) => {
  const program = desk.start('pkcs11-tool', ...sign());
  const gone = once(program, 'exit');
  let killed = false;
  await new Promise<void>((resolve) => {
    seen = ({ command }) => {
      // A Finnish card forgets the PIN when its application is selected.
      if (killed && command.startsWith('00a404')) resolve();
      if (!killed && step.test(command)) killed = program.kill('SIGKILL');
    };
  });
  expect(card.isVerified(0x11)).toBe(false);
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(await asked()).toContain('SW1=0x63, SW2=0xC5');
  expect((await desk.run('pkcs11-tool', ...sign())).exit).toBe(0);
  expect(desk.read('signature')).toHaveLength(96);
  expect(card.pins.get(0x11)?.triesLeft).toBe(5);
});

it('a program that is killed while Sigill asks for its PIN takes the page with it', async () => {
  const opened = desk.person.nextPage();
  const program = desk.start('pkcs11-tool', ...sign());
  const page = new PinClient(await opened);
  const view = await page.enter();
  expect(view.title).toBe('Log in with your card');
  const open = await page.origin.stream('/open');
  program.kill('SIGKILL');
  expect(await open.next()).toContain('ended.withdrawn');
  await open.ended;
  expect((await page.answer(view, [new TextEncoder().encode('1234')])).status).toBe(0);
  expect((await desk.run('pkcs11-tool', ...sign())).exit).toBe(0);
  expect(card.pins.get(0x11)?.triesLeft).toBe(5);
});

it('while a program is logged in, another program at the card finds no verified PIN', async () => {
  const program = await Program.start(desk, 1);
  await program.login();
  await program.sign((await program.keys())[0] ?? 0, digest('sha384', randomBytes(9)));
  expect(await asked()).toContain('SW1=0x63, SW2=0xC5');
  expect(await program.sign((await program.keys())[0] ?? 0, digest('sha384', randomBytes(9)))).toHaveLength(96);
  expect(desk.person.pages).toHaveLength(1);
  program.client.close();
});
