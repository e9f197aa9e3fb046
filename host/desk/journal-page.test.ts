import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from '../audit/journal.js';
import { deskWords } from './desk-texts.js';
import { journalFile, journalView } from './journal-page.js';

const { texts } = deskWords('sv');
let folder: string;
let journal: Journal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-journal-page-'));
  journal = new Journal({ folder, wanted: () => true, now: () => new Date('2026-11-21T12:00:00Z') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deliver = (name: string): void =>
  journal.add({
    kind: 'delivered',
    plugin: 'pdf-sign',
    code: 'ok',
    document: { name: 'x.pdf', size: 1, sha256: 'aa' },
    result: { name, size: 2, sha256: 'bb' },
    certificate: { sha256: 'cc', subject: 'CN=Anna' },
    note: { level: 'PAdES-B-B' },
  });

it('the newest entry stands first, in words', () => {
  deliver('one.pdf');
  deliver('two.pdf');
  const { sound, verdict, rows, shown } = journalView(journal, texts);
  expect([sound, verdict, shown]).toEqual([
    true,
    'Journalen är som den skrevs: 2 poster.',
    '2 av 2 poster, den nyaste först.',
  ]);
  expect(rows.map(({ number, who, details }) => [number, who, details])).toEqual([
    ['2', 'CN=Anna', ['SHA-256 bb', 'level: PAdES-B-B']],
    ['1', 'CN=Anna', ['SHA-256 bb', 'level: PAdES-B-B']],
  ]);
  expect(rows[0]?.what).toContain('two.pdf');
});

it('a journal that was changed says so, from which line on', () => {
  deliver('one.pdf');
  deliver('two.pdf');
  writeFileSync(journal.path, readFileSync(journal.path, 'utf8').replace('one.pdf', 'xxx.pdf'));
  const { sound, verdict } = journalView(journal, texts);
  expect(sound).toBe(false);
  expect(verdict).toContain('rad 2');
});

it('what somebody wrote into it steers nothing', () => {
  deliver('a\u202eb.pdf');
  appendFileSync(journal.path, 'no entry\n');
  const { rows } = journalView(journal, texts);
  expect(rows.map(({ what }) => what)).toEqual([expect.stringContaining('a\ufffdb.pdf')]);
});

it('without a journal there is nothing, and an empty file', () => {
  expect(journalView(journal, texts)).toMatchObject({ sound: true, verdict: 'Journalen är tom.', rows: [] });
  expect(journalFile(journal)).toHaveLength(0);
});
