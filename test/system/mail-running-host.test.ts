import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunningHost, sigill } from '../e2e/running-host.js';
import { type Ended, Home } from '../e2e/sigill.js';
import { Terminal } from '../e2e/terminal.js';
import { type ApplyDocument, kindsOf } from '../mail/documents.js';
import { lockedProfile } from '../mail/locked-profile.js';
import { treeOf } from '../mail/tree.js';
import { findInMemory } from '../window/process-memory.js';

/** The root on the simulated card. */
const root = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';
const password = 'a pass phrase, åäö';
const all = ['module', 'authority', 'authority'];

let host: RunningHost;
let profile: string;
beforeEach(async () => {
  host = await RunningHost.start('fineid-v4');
  profile = lockedProfile(host.home.environment()['HOME']!, password);
});
afterEach(() => host.close());

const apply = (...input: string[]) =>
  host.home.json<ApplyDocument>(['--pin-stdin', 'mail', 'apply', '--trust', root], { input });
const reasons = ({ left }: ApplyDocument) => left.map(({ why }) => why);

it('the commands answer as with a host of their own, with the card that the running one holds', async () => {
  const alone = new Home();
  lockedProfile(alone.environment()['HOME']!, password);
  const words = [
    ['plan'],
    ['plan', '--json'],
    ['check', '--json'],
    ['apply', '--trust', root],
    ['undo', '--json'],
    ['undo'],
  ];
  for (const one of words) {
    const there = told(await host.home.sigill(['mail', ...one]), host.home);
    const here = told(await alone.sigill(['--simulate', 'fineid-v4', 'mail', ...one]), alone);
    expect(there, one.join(' ')).toEqual(here);
    expect(there[0]).toBe(0);
  }
  alone.remove();
});

it('the password is asked for in the terminal where the command was started, in its language', async () => {
  const terminal = new Terminal(host.home, sigill(`--lang sv mail apply --trust ${root}`));
  const asked = await terminal.shows(/utelämnar utfärdarcertifikaten: /s);
  expect(asked).toContain('ber om huvudlösenordet för Firefox (person)');
  terminal.type('not it\r');
  await terminal.shows(/Lösenordet är inte rätt\..*utelämnar utfärdarcertifikaten: /s);
  terminal.type(`${password}\r`);
  const { code, output } = await terminal.ended;
  expect([code, /pass phrase|not it/.test(output)]).toEqual([0, false]);
  expect(output.replace(/\s+/g, ' ')).toContain('”Sigill TEST Root CA”');
  expect(kindsOf(await apply(), 'firefox')).toEqual([]);
  expect(findInMemory(host.child.pid ?? 0, Buffer.from(password))).toEqual([]);
  for (const [path, bytes] of host.home.files()) expect(bytes.includes('pass phrase'), path).toBe(false);
});

it('an empty line leaves the CA certificates out, and Ctrl-C changes nothing', async () => {
  const before = treeOf(profile);
  const cancelled = new Terminal(host.home, sigill(`--lang en mail apply --trust ${root}`));
  await cancelled.shows(/leaves the CA certificates out: /s);
  cancelled.type('\u0003');
  expect((await cancelled.ended).code).toBe(7);
  expect(treeOf(profile)).toEqual(before);
  const left = new Terminal(host.home, sigill(`--lang en mail apply --trust ${root}`));
  await left.shows(/leaves the CA certificates out: /s);
  left.type('\r');
  const { code, output } = await left.ended;
  expect([code, output.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('CA certificates were left out')]);
  await host.home.json(['mail', 'undo']);
  expect(treeOf(profile)).toEqual(before);
});

it('it comes on standard input, one a line; without any the CA certificates are left out with the reason', async () => {
  const without = await apply();
  expect([kindsOf(without, 'firefox'), reasons(without)]).toEqual([['module'], ['password']]);
  await host.home.json(['mail', 'undo']);
  const nobody = await host.home.json<ApplyDocument>(['mail', 'apply', '--trust', root]);
  expect([kindsOf(nobody, 'firefox'), reasons(nobody)]).toEqual([['module'], ['password']]);
  await host.home.json(['mail', 'undo']);
  const right = await apply('not it', password);
  expect([kindsOf(right, 'firefox'), reasons(right)]).toEqual([all, []]);
});

it('a host that ends while it is asked tells so, and nothing was changed', async () => {
  const before = treeOf(profile);
  const terminal = new Terminal(host.home, sigill(`--lang en mail apply --trust ${root}`));
  await terminal.shows(/leaves the CA certificates out: /s);
  expect((await host.home.sigill(['quit'])).code).toBe(0);
  const { code, output } = await terminal.ended;
  expect([code, output]).toEqual([3, expect.stringContaining('Sigill was ended while this was under way.')]);
  expect(treeOf(profile)).toEqual(before);
});

/** An answer without what differs: the homes, and that programs reach a card only through a host that runs. */
function told({ code, output, errors }: Ended, { folder }: Home): readonly unknown[] {
  const same = output
    .replaceAll(folder, '~')
    .replace(/"listening":\w+/, '')
    .replace(/[0-9a-f]{16}"/g, '"')
    .replace(
      /: (tried, and the module is loaded\. It shows 4|the module is registered but does not reach).*/,
      ': tested',
    );
  return [code, same, errors];
}
