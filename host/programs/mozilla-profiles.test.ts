import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mozillaProfiles } from './mozilla-profiles.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'sigill-profiles-'))));
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
const found = async (): Promise<string[]> =>
  (await mozillaProfiles(root)).map(({ name, folder }) => `${name} ${folder}`);

describe('the profiles of a Mozilla program', () => {
  it('relative and absolute ones, by the names that the program shows', async () => {
    write(
      'profiles.ini',
      '[Profile1]\r\nName=Work\r\nIsRelative=0\r\nPath=/elsewhere/w\r\n\r\n[Profile0]\r\nName=a=b\r\nIsRelative=1\r\nPath=x.default\r\n[General]\r\nVersion=2\r\n',
    );
    expect(await found()).toEqual(['Work /elsewhere/w', `a=b ${join(root, 'x.default')}`]);
  });

  it('installs.ini names an installation, not one profile more', async () => {
    write(
      'profiles.ini',
      '[Install0A]\nDefault=x.default\nLocked=1\n[Profile0]\nName=d\nIsRelative=1\nPath=x.default\n',
    );
    write('installs.ini', '[0A]\nDefault=x.default\nLocked=1\n[0B]\nDefault=Profiles/y.esr\n');
    expect(await found()).toEqual([`d ${join(root, 'x.default')}`, `Profiles/y.esr ${join(root, 'Profiles/y.esr')}`]);
  });

  it.each(['', '\0\u0001[[[', '[Profile0]\nName=no path\n', '[Profile0\nPath=\n=\n'])(
    'a broken file hides no database: %j',
    async (text) => {
      write('profiles.ini', text);
      mkdirSync(join(root, 'z.default'));
      writeFileSync(join(root, 'z.default/cert9.db'), '');
      expect(await found()).toEqual([`z.default ${join(root, 'z.default')}`]);
    },
  );
});
