import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileId } from '@sigill/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileEdit } from './file-edit.js';
import { withModule } from './module-entry.js';
import { literal, withPreference } from './preferences.js';
import { applyEdits, recover, undoAll } from './transaction.js';
import type { TransactionOptions } from './undo-one.js';

const [one, two] = ['1', '2'] as unknown as readonly [ProfileId, ProfileId];
let root: string;
let running: Set<ProfileId>;
let options: TransactionOptions;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-transaction-'));
  running = new Set();
  options = {
    folder: join(root, 'state'),
    scratch: join(root, 'state/scratch'),
    environment: process.env,
    runs: async (profile) => running.has(profile),
    now: () => new Date('2026-01-02T03:04:05Z'),
  };
  mkdirSync(join(root, 'p'));
  writeFileSync(join(root, 'p/pkcs11.txt'), modules);
  writeFileSync(join(root, 'p/prefs.js'), preferences);
});
afterEach(() => rmSync(root, { recursive: true }));

const modules = 'library=\nname=NSS Internal PKCS #11 Module\n\n';
const preferences = 'user_pref("a", 1);\n';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const journals = (): string[] => readdirSync(join(root, 'state')).filter((name) => /^\d/.test(name));

function edits(): readonly FileEdit[] {
  const preferred = withPreference(withPreference(preferences, 'a', '2'), 'b', literal('new'));
  return [
    edit(one, 'p/pkcs11.txt', modules, withModule(modules, '/lib.so'), { kind: 'module' }),
    edit(one, 'p/prefs.js', preferences, preferred, {
      kind: 'preferences',
      set: [
        { name: 'a', before: '1', after: '2' },
        { name: 'b', after: '"new"' },
      ],
    }),
    edit(two, 'new/folder/pkcs11.txt', undefined, 'library=\n', { kind: 'whole' }),
  ];
}

function edit(
  profile: ProfileId,
  path: string,
  before: string | undefined,
  after: string,
  entries: FileEdit['entries'],
): FileEdit {
  const bytes = before === undefined ? {} : { before: Buffer.from(before) };
  return { profile, path: join(root, path), ...bytes, after: Buffer.from(after), entries };
}

describe('a transaction over the files of programs', () => {
  it('undo gives each file back, and takes new files and folders away', async () => {
    expect(await applyEdits(options, edits())).toEqual([]);
    expect(read('new/folder/pkcs11.txt')).toBe('library=\n');
    expect(await undoAll(options)).toEqual({ restored: 3, mended: 0, kept: [], left: [] });
    expect([read('p/pkcs11.txt'), read('p/prefs.js'), readdirSync(root)]).toEqual([
      modules,
      preferences,
      ['p', 'state'],
    ]);
    expect(journals()).toEqual([]);
  });

  it('what a program wrote since stays: only our entries are taken out', async () => {
    await applyEdits(options, edits());
    writeFileSync(join(root, 'p/prefs.js'), `${read('p/prefs.js')}user_pref("c", 3);\n`);
    writeFileSync(join(root, 'p/pkcs11.txt'), `${read('p/pkcs11.txt')}library=/own.so\nname=own\n\n`);
    expect(await undoAll(options)).toMatchObject({ restored: 1, mended: 2, kept: [] });
    expect(read('p/prefs.js')).toBe(`${preferences}user_pref("c", 3);\n`);
    expect(read('p/pkcs11.txt')).toBe(`${modules}library=/own.so\nname=own\n\n`);
  });

  it('an entry that a person has changed since is left and told', async () => {
    await applyEdits(options, edits());
    writeFileSync(join(root, 'p/prefs.js'), withPreference(read('p/prefs.js'), 'b', '"mine"'));
    expect(await undoAll(options)).toMatchObject({ kept: ['b'] });
    expect(read('p/prefs.js')).toBe('user_pref("a", 1);\nuser_pref("b", "mine");\n');
  });

  it('a program that starts, or writes, in the middle is left as it is; the others are set up', async () => {
    const late = {
      ...options,
      step: (name: string) => void (name.endsWith('prefs.js') && writeFileSync(join(root, 'p/prefs.js'), 'x')),
    };
    expect(await applyEdits(late, edits())).toEqual([{ profile: one, why: 'changed' }]);
    expect([read('p/prefs.js'), read('p/pkcs11.txt'), read('new/folder/pkcs11.txt')]).toEqual([
      'x',
      modules,
      'library=\n',
    ]);
    expect(await undoAll(options)).toMatchObject({ restored: 1 });
  });

  it('undo waits for a program that runs, and its journal with it', async () => {
    await applyEdits(options, edits());
    running.add(one);
    expect(await undoAll(options)).toEqual({
      restored: 1,
      mended: 0,
      kept: [],
      left: [{ profile: one, why: 'running' }],
    });
    running.clear();
    expect(await undoAll(options)).toMatchObject({ restored: 2, left: [] });
    expect(read('p/prefs.js')).toBe(preferences);
  });

  it('one profile that cannot be written to undoes all, with the reason', async () => {
    const blocked = [...edits(), edit(two, 'p/pkcs11.txt/x', undefined, 'y', { kind: 'whole' })];
    await expect(applyEdits(options, blocked)).rejects.toThrow();
    expect([read('p/pkcs11.txt'), read('p/prefs.js')]).toEqual([modules, preferences]);
    await recover(options);
    expect(journals()).toEqual([]);
  });
});
