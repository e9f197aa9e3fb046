import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CardsDocument, ended, Home, shown, startedBy, tries } from './sigill.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while a code is waited for ends with 7, spends nothing, and frees the card',
  async (signal) => {
    const child = home.start(['--simulate', 'fineid-v4', '--pin-stdin', '--json', 'trace', 'pin', 'change', 'PIN1']);
    const done = ended(child);
    // The plugin’s process runs once the host has been asked to ask.
    await startedBy(child.pid ?? 0);
    child.kill(signal);
    const { code, errors } = await done;
    expect(code).toBe(7);
    expect(JSON.parse(errors)).toMatchObject({ code: 'cancelled' });
    expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
    expect(readdirSync(join(home.folder, 'state', 'sigill', 'simulated'))).toEqual(['fineid-v4-normal.json']);
  },
);

it('a watch tells each change as one document a line, and ends well with Ctrl-C', async () => {
  const child = home.start(['--simulate', 'fineid-v4:half', 'cards', '--watch', '--json']);
  const done = ended(child);
  await shown(child.stdout, /"puk":.*\n/);
  child.kill('SIGINT');
  const { code, output, errors } = await done;
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const documents = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CardsDocument);
  expect(documents.map(({ readers }) => readers[0]?.state)).toEqual(documents.map(() => 'half-activated'));
});

it('two commands on one card take turns', async () => {
  const args = ['--simulate', 'fineid-v4', '--pin-stdin', 'pin', 'verify', 'PIN1'];
  const both = await Promise.all(['9991', '9992'].map((digits) => home.sigill(args, { input: [digits] })));
  expect(both.map(({ code }) => code)).toEqual([4, 4]);
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 3, PIN2 5, PUK 5');
});
