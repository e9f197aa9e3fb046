import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFromGuide } from './guide-files.js';
import { RunningWindow } from './running-window.js';
import { type Ended, ended, Home, shown } from './sigill.js';

let home: Home;
let folder: string;
let child: ChildProcessWithoutNullStreams;
let end: Promise<Ended>;
let window: RunningWindow;
beforeEach(() => {
  home = new Home();
  folder = writeFromGuide('greet', join(home.folder, 'data', 'sigill', 'plugins'));
});
afterEach(async () => {
  window.close();
  child.kill('SIGTERM');
  await end;
  home.remove();
});

/** Sigill runs, and its window is open. */
async function start(): Promise<void> {
  child = home.start(['--simulate', 'siths-like', 'start', '--headless']);
  end = ended(child);
  await shown(child.stdout, /\n/);
  window = await RunningWindow.open(home);
}

function change(file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe('the author of a plugin reads what is wrong with it', () => {
  it.each([
    [
      'a slip in what listens',
      'index.js',
      'items: holders',
      'items: nothing',
      /ReferenceError: nothing is not defined/,
    ],
    [
      'a slip in a command',
      'index.js',
      'messages: holders',
      'messages: nothing',
      /greet\.wave: ReferenceError: nothing is not defined at .*greet\/index\.js:\d+:\d+/,
    ],
    [
      'a start that throws',
      'index.js',
      'let holders',
      "throw new Error('no bread');\nlet holders",
      /it does not start: Error: no bread at .*index\.js:\d+:\d+/,
    ],
    [
      'a main module without a container',
      'index.js',
      'export default new',
      'export const x = new',
      /it does not start: .*no default export/,
    ],
    [
      'one that is something else',
      'index.js',
      'export default new ContainerModule((container)',
      'export default ((container)',
      /no ContainerModule/,
    ],
    [
      'a command that is not its own',
      'index.js',
      "register('greet.wave'",
      "register('greet.wove'",
      /the command greet\.wove does not stand in its manifest/,
    ],
    [
      'a part of a panel that does not exist',
      'index.js',
      "kind: 'list'",
      "kind: 'lost'",
      /panels\.show was refused: call-invalid .*must be one of/,
    ],
    [
      'a permission that it did not ask for',
      'package.json',
      '"permissions": ["cards"],',
      '',
      /it follows cards without the permission cards/,
    ],
  ] as const)('%s', async (_, file, from, to, told) => {
    change(file, from, to);
    await start();
    await window.ask({ kind: 'run', command: 'greet.wave', args: {} });
    const line = await window.shows(({ plugins }) => plugins.flatMap(({ log }) => log).find((one) => told.test(one)));
    expect(line).toMatch(told);
  });
});

it('a plugin whose folder is taken away while Sigill runs is told as that', async () => {
  await start();
  rmSync(folder, { recursive: true });
  await window.ask({ kind: 'open-panel', panel: 'greet.cards' });
  const failure = await window.shows(({ panels }) => panels.find(({ id }) => id === 'greet.cards')?.failure);
  expect(failure).toBe(
    `The plugin @example/greet was taken away: ${folder} is gone. Put it back, or start Sigill again without it.`,
  );
});
