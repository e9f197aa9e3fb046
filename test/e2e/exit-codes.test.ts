import { afterAll, beforeAll, expect, it } from 'vitest';
import { Home, tries } from './sigill.js';

let home: Home;
beforeAll(() => {
  home = new Home();
});
afterAll(() => home.remove());

const org = ['--simulate', 'fineid-org', '--pin-stdin'];

/** In this order: what an earlier one has done to the card, a later one finds. */
const ends: readonly (readonly [code: number, what: string, args: readonly string[], input?: readonly string[]])[] = [
  [0, 'done', ['--simulate', 'fineid-v4', 'cards']],
  [0, 'help', ['--help']],
  [0, 'the version', ['--version']],
  [1, 'a card that is in use already', [...org, 'activate']],
  [2, 'a mistake on the command line', ['cards', '--loud']],
  [2, 'a command that lacks its second word', ['pin']],
  [3, 'no card', ['--simulate', 'empty', 'pin', 'verify', 'PIN1']],
  [3, 'no such reader', ['--simulate', 'fineid-v4', '--reader', 'Cherry', 'cards']],
  [2, 'two cards and no word which', ['--simulate', 'fineid-v4', '--simulate', 'myeid', 'pin', 'verify', 'PIN1']],
  [4, 'a wrong code', [...org, 'pin', 'verify', 'PIN1'], ['9991']],
  [4, 'a wrong code again', [...org, 'pin', 'verify', 'PIN1'], ['9992']],
  [4, 'a wrong code once more', [...org, 'pin', 'change', 'PIN1'], ['9993', '2580', '2580']],
  [6, 'the last two tries', [...org, 'pin', 'verify', 'PIN1'], ['1234']],
  [4, 'one of the last two, with a yes', [...org, '--last-tries', 'pin', 'verify', 'PIN1'], ['9994']],
  [5, 'the last try, wrong', [...org, '--last-tries', 'pin', 'verify', 'PIN1'], ['9995']],
  [5, 'a locked code', [...org, '--last-tries', 'pin', 'verify', 'PIN1'], ['1234']],
  [4, 'a wrong PUK', [...org, 'pin', 'unlock', 'PIN1'], ['87654321', '2580', '2580']],
  [0, 'the PUK', [...org, 'pin', 'unlock', 'PIN1'], ['12345678', '2580', '2580']],
  [
    5,
    'a locked PUK',
    ['--simulate', 'fineid-v4:puk-locked', '--pin-stdin', 'pin', 'unlock', 'PIN1'],
    ['12345678', '2580', '2580'],
  ],
];

it('exit codes are what the README says', async () => {
  const seen: unknown[] = [];
  for (const [, what, args, input = []] of ends) seen.push([(await home.sigill(args, { input })).code, what]);
  expect(seen).toEqual(ends.map(([code, what]) => [code, what]));
  // What was refused spent nothing: the one wrong PUK was followed by the right one.
  expect(await tries(home, 'fineid-org')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it('8 is for a card or reader that fails', async () => {
  const faults = JSON.stringify([{ at: 1, kind: 'executed-reply-lost', ins: 0x24, then: 'removed' }]);
  const { code, output } = await home.sigill(['--simulate', 'fineid-v4', '--pin-stdin', 'pin', 'change', 'PIN1'], {
    input: ['1234', '2580', '2580'],
    environment: { SIGILL_SIMULATE_FAULTS: faults },
  });
  expect({ code, output }).toEqual({ code: 8, output: '' });
});

it('a closed pipe is no error', async () => {
  const child = home.start(['--simulate', 'fineid-v4', 'cards']);
  child.stdin.end();
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(0);
});
