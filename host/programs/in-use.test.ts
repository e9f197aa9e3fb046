import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumRuns, mozillaRuns } from './in-use.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sigill-in-use-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('what a program that ended leaves behind does not count as running', () => {
  it('a lock file that nobody holds', async () => {
    writeFileSync(join(folder, '.parentlock'), '');
    expect(await mozillaRuns(folder)).toBe(false);
  });

  it.each(['127.0.0.1:+999999999', `127.0.1.1:+${process.pid}`, '203.0.113.7:+1', 'nonsense'])(
    'a link to %s: no such process, another program, another computer on a disk of this one',
    async (target) => {
      symlinkSync(target, join(folder, 'lock'));
      expect(await mozillaRuns(folder)).toBe(false);
    },
  );

  it('a SingletonLock of a process that is none of its kin', async () => {
    symlinkSync(`${hostname()}-${process.pid}`, join(folder, 'SingletonLock'));
    expect(await chromiumRuns(folder)).toBe(false);
  });
});
