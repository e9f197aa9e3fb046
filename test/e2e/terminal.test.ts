import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bin, Home, tries } from './sigill.js';
import { Terminal } from './terminal.js';

const sigill = (args: string): string => `'${process.execPath}' '${bin}' --simulate fineid-v4 ${args}`;

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

/** The terminal's settings before and after a line, and how the line ended. */
const between = (line: string): string => `stty -a > before; ${line}; code=$?; stty -a > after; exit $code`;

function settings(): readonly string[] {
  return ['before', 'after'].map((name) => readFileSync(join(home.folder, name), 'utf8'));
}

it('a code is typed unseen: a dot for each digit, and who asks for what stands above', async () => {
  const terminal = new Terminal(home, between(sigill('--lang en pin verify PIN1')));
  const asked = await terminal.shows(/Current code.*: /s);
  expect(asked).toContain('5 tries left');
  expect(asked).toContain('If you did not start this, cancel');
  terminal.type('1234\r');
  const { code, output } = await terminal.ended;
  expect(output).toContain('••••');
  expect(output).not.toContain('1234');
  expect(code).toBe(0);
  const [before, after] = settings();
  expect(after).toBe(before);
});

it('what cannot be right is said at once and asked again, and spends no try', async () => {
  const terminal = new Terminal(home, sigill('--lang sv pin verify PIN1'));
  await terminal.shows(/Nuvarande kod.*: /s);
  terminal.type('12a4\r');
  await terminal.shows(/får bara innehålla siffrorna 0–9.*Nuvarande kod.*: /s);
  terminal.type('123\r');
  await terminal.shows(/4–8 siffror.*Nuvarande kod.*: /s);
  terminal.type('12\u007f234\r');
  expect((await terminal.ended).code).toBe(0);
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it.each([
  ['before anything is typed', ''],
  ['in the middle of a code', '12'],
])('Ctrl-C %s gives the terminal back and spends nothing', async (_when, typed) => {
  const terminal = new Terminal(home, between(sigill('--lang fi pin change PIN2')));
  await terminal.shows(/Nykyinen tunnusluku.*: /s);
  terminal.type(`${typed}\u0003`);
  const { code, output } = await terminal.ended;
  expect(code).toBe(7);
  expect(output).toContain('Peruutettu. Yhtään yritystä ei kulunut.');
  const [before, after] = settings();
  expect(after).toBe(before);
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s from outside does the same', async (signal) => {
  const line = `sh -c 'echo "process $$ "; exec "$@"' sh ${sigill('--lang en pin verify PIN1')}`;
  const terminal = new Terminal(home, between(line));
  const begun = await terminal.shows(/Current code.*: /s);
  process.kill(Number(/process (\d+) /.exec(begun)?.[1]), signal);
  const { code } = await terminal.ended;
  expect(code).toBe(7);
  const [before, after] = settings();
  expect(after).toBe(before);
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it('a window that is narrow gets narrow lines', async () => {
  const { output } = await new Terminal(home, `stty cols 50; ${sigill('--lang en cards')}`).ended;
  const lines = output.replace(/\u001b\[\d+m/g, '').split('\r\n');
  expect(Math.max(...lines.map((text) => [...text].length))).toBeLessThanOrEqual(50);
  expect(output).toContain('\u001b[1m');
});
