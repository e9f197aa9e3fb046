import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileShower } from './file-shower.js';

let folder: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-shower-'));
  lines = [];
  const noted = join(folder, 'noted');
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${noted}.new' && mv '${noted}.new' '${noted}'\n`,
  );
  chmodSync(join(folder, 'xdg-open'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const note = (line: string): void => void lines.push(line);
const log = { debug: note, info: note, warn: note, error: note };
const shower = (path: string): FileShower =>
  new FileShower({ environment: { PATH: `${path}:/usr/bin:/bin` }, platform: 'linux', log });
const noted = async (): Promise<string> => {
  await expect.poll(() => existsSync(join(folder, 'noted'))).toBe(true);
  return readFileSync(join(folder, 'noted'), 'utf8');
};

it('a file is opened by what the desktop opens files with, and its name is no command', async () => {
  const path = join(folder, `a;touch ${join(folder, 'touched')}; $(id) b.pdf`);
  shower(folder).open(path);
  expect(await noted()).toBe(`${path}\n`);
  expect(existsSync(join(folder, 'touched'))).toBe(false);
});

it('without a file manager on the bus, its folder is opened', async () => {
  shower(folder).show(join(folder, 'offer.pdf'));
  expect(await noted()).toBe(`${folder}\n`);
});
