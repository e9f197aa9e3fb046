import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.js';
import type { JournalFact } from './journal-entry.js';
import { verifyJournal } from './verify-journal.js';
import { withoutIdentity } from './without-identity.js';

const fact = (name: string): JournalFact => ({
  kind: 'delivered',
  plugin: 'pdf-sign',
  code: 'ok',
  document: { name, size: 12, sha256: 'aa' },
});

let folder: string;
let journal: Journal;
let wanted = true;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-journal-'));
  wanted = true;
  journal = new Journal({ folder, wanted: () => wanted, now: () => new Date('2026-01-02T03:04:05Z') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const verdict = (known?: string) => verifyJournal(journal.path, journal.headPath, known);
const faults = () => verdict().faults.map(({ line, kind }) => `${line} ${kind}`);
const lines = (): string[] => readFileSync(journal.path, 'utf8').trimEnd().split('\n');
const rewrite = (now: readonly string[]): void => writeFileSync(journal.path, now.map((line) => `${line}\n`).join(''));

describe('the journal', () => {
  it('keeps a line for each entry, for its owner alone, and follows from its beginning', () => {
    for (const name of ['a.pdf', 'b\n.pdf', 'ö.pdf']) journal.add(fact(name));
    expect(journal.entries().map(({ number, document }) => [number, document?.name])).toEqual([
      [1, 'a.pdf'],
      [2, 'b\n.pdf'],
      [3, 'ö.pdf'],
    ]);
    expect(journal.entries()[0]).toMatchObject({ time: '2026-01-02T03:04:05.000Z', before: '0'.repeat(64) });
    expect([statSync(journal.path).mode & 0o777, statSync(journal.headPath).mode & 0o777]).toEqual([0o600, 0o600]);
    expect(verdict()).toMatchObject({ lines: 3, faults: [] });
  });

  it('has nothing from the time when the person wants none', () => {
    journal.add(fact('a.pdf'));
    wanted = false;
    journal.ready();
    journal.add(fact('b.pdf'));
    wanted = true;
    journal.add(fact('c.pdf'));
    expect(journal.entries().map(({ document }) => document?.name)).toEqual(['a.pdf', 'c.pdf']);
    expect(faults()).toEqual([]);
  });

  it('of several processes that write at once has every line, in one chain', async () => {
    const built = fileURLToPath(new URL('../dist/audit/journal.js', import.meta.url));
    const script = `const { Journal } = await import(${JSON.stringify(built)});
      const journal = new Journal({ folder: ${JSON.stringify(folder)}, wanted: () => true });
      for (let at = 0; at < 10; at += 1) journal.add({ kind: 'signed', plugin: 'p', code: 'ok' });`;
    const children = [1, 2, 3].map(() => spawn(process.execPath, ['--input-type=module', '-e', script]));
    const codes = await Promise.all(children.map(async (child) => ((await once(child, 'exit')) as [number])[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(verdict()).toMatchObject({ lines: 30, faults: [] });
  });

  it('goes on after a crash that left part of a line', () => {
    journal.add(fact('a.pdf'));
    appendFileSync(journal.path, '{"number":2,"time":"2026');
    journal.add(fact('b.pdf'));
    expect(journal.entries().map(({ document }) => document?.name)).toEqual(['a.pdf', 'b.pdf']);
    expect(faults()).toEqual([]);
  });

  it('goes on after a crash between a line and the note of the end', () => {
    journal.add(fact('a.pdf'));
    const head = readFileSync(journal.headPath);
    journal.add(fact('b.pdf'));
    writeFileSync(journal.headPath, head);
    expect(faults()).toEqual([]);
    journal.add(fact('c.pdf'));
    expect(verdict()).toMatchObject({ lines: 3, faults: [] });
  });
});

describe('tampering is found:', () => {
  const attacks: readonly (readonly [string, (found: string[]) => string[], readonly string[]])[] = [
    ['a changed line', ([a = '', b = '', ...rest]) => [a, b.replace('b.pdf', 'x.pdf'), ...rest], ['3 broken']],
    ['a removed line', ([a = '', , ...rest]) => [a, ...rest], ['2 broken', '3 number', '4 cut']],
    [
      'two lines the other way round',
      ([a = '', b = '', c = '', d = '']) => [a, c, b, d],
      ['2 broken', '3 broken', '4 broken'],
    ],
    ['a line put in', ([a = '', b = '', ...rest]) => [a, b, b, ...rest], ['3 broken', '4 number', '5 number']],
    ['a cut-off end', (found) => found.slice(0, 2), ['3 cut']],
    ['a changed last line', (found) => [...found.slice(0, 3), (found[3] ?? '').replace('d.pdf', 'x.pdf')], ['4 head']],
    ['a line that is no entry', (found) => [...found.slice(0, 3), 'null'], ['4 unreadable']],
    ['everything gone', () => [], ['1 cut']],
  ];

  it.each(attacks)('%s', (_name, attack, found) => {
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf']) journal.add(fact(name));
    rewrite(attack(lines()));
    expect(faults()).toEqual(found);
  });

  it('a note of the end that is gone', () => {
    journal.add(fact('a.pdf'));
    rmSync(journal.headPath);
    expect(faults()).toEqual(['1 head']);
  });

  it('and what was cut stays found when the journal is written on', () => {
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) journal.add(fact(name));
    rewrite(lines().slice(0, 2));
    journal.add(fact('d.pdf'));
    expect(faults()[0]).toBe('3 broken');
  });

  it('a journal written anew as a whole, by who kept the digest of a last line', () => {
    journal.add(fact('a.pdf'));
    const { last } = verdict();
    journal.add(fact('b.pdf'));
    expect(verdict(last).faults).toEqual([]);
    rmSync(journal.path);
    rmSync(journal.headPath);
    journal.add(fact('x.pdf'));
    expect(faults()).toEqual([]);
    expect(verdict(last).faults).toEqual([{ line: 1, kind: 'known' }]);
  });
});

describe('a journal that cannot be written', () => {
  it('says so before anything is signed', () => {
    const absent = new Journal({ folder: join(folder, 'gone'), wanted: () => true });
    for (const use of [() => absent.ready(), () => absent.add(fact('a.pdf'))])
      expect(use).toThrow(expect.objectContaining({ code: 'journal-unwritable' }));
  });

  it.runIf(process.getuid?.() === 0)('for want of room has no half of a line', () => {
    const built = fileURLToPath(new URL('../dist/audit/journal.js', import.meta.url));
    const script = `const { Journal } = await import(${JSON.stringify(built)});
      const { writeFileSync, readFileSync } = await import('node:fs');
      const journal = new Journal({ folder: '.', wanted: () => true });
      const add = () => journal.add({ kind: 'signed', plugin: 'p'.repeat(9000), code: 'ok' });
      add();
      const before = readFileSync('journal.jsonl', 'utf8');
      try { writeFileSync('filler', Buffer.alloc(4_000_000)); } catch {}
      let code = 'none';
      try { for (;;) add(); } catch (error) { code = error.code; }
      const after = readFileSync('journal.jsonl', 'utf8');
      console.log(JSON.stringify({ code, whole: after.endsWith('\\n') && after.startsWith(before) }));`;
    const mount = `mount -t tmpfs -o size=1m none '${folder}' && cd '${folder}' && exec "$@"`;
    const command = ['-m', 'sh', '-c', mount, 'sh', process.execPath, '--input-type=module', '-e', script];
    const said = execFileSync('unshare', command, { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual({ code: 'journal-unwritable', whole: true });
  });
});

it.each([
  [
    'CN=MEIKÄLÄINEN MATTI 99900112X,SERIALNUMBER=99900112X,GN=MATTI,SN=MEIKÄLÄINEN,C=FI',
    'CN=MEIKÄLÄINEN MATTI,GN=MATTI,SN=MEIKÄLÄINEN,C=FI',
  ],
  ['CN=Anna Åberg,2.5.4.5=191212121212,O=Region\\, Syd,C=SE', 'CN=Anna Åberg,O=Region\\, Syd,C=SE'],
  ['CN=Virtanen Ville 131052-308T+UID=131052-308T', 'CN=Virtanen Ville'],
  ['CN=SE2321000016-1003 Anna', 'CN=Anna'],
])('the subject %j is kept as %j', (subject, kept) => {
  expect(withoutIdentity(subject)).toBe(kept);
});
