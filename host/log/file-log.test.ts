import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BoundedFile } from './bounded-file.js';
import { FileLog } from './file-log.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a line is in the file as soon as it is logged, one JSON object a line, for its owner alone', () => {
  const path = join(folder, 'sigill.log');
  const log = new FileLog(path);
  log.warn('reader left\nand more');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, msg: 'reader left\nand more' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  log.dispose();
});

it('nothing is written before the first line', () => {
  new FileLog(join(folder, 'sigill.log')).dispose();
  expect(readdirSync(folder)).toEqual([]);
});

it('the files together never pass their bound', () => {
  const file = new BoundedFile(join(folder, 'log'), { limit: 100, kept: 2 });
  for (let line = 0; line < 50; line++) file.write(`${String(line).padStart(29, '0')}\n`);
  file.close();
  expect(readdirSync(folder).sort()).toEqual(['log', 'log.1', 'log.2']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(/49\n$/);
});

it('a file that was left full is turned at the start', () => {
  writeFileSync(join(folder, 'log'), 'x'.repeat(100));
  const file = new BoundedFile(join(folder, 'log'), { limit: 100, kept: 1 });
  file.write('new\n');
  file.close();
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('new\n');
  expect(readFileSync(join(folder, 'log.1'), 'utf8')).toBe('x'.repeat(100));
});

it('a folder that is not there is no reason to fail', () => {
  expect(() => new FileLog(join(folder, 'gone', 'sigill.log')).error('unseen')).not.toThrow();
});
