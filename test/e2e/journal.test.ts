import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../host/audit/journal.js';
import { ownFolder } from '../../host/paths.js';
import { Home } from './sigill.js';

let home: Home;
let journal: Journal;
beforeEach(() => {
  home = new Home();
  journal = new Journal({ folder: ownFolder(join(home.folder, 'state', 'sigill')), wanted: () => true });
});
afterEach(() => home.remove());

const add = (name: string): void =>
  journal.add({
    kind: 'delivered',
    plugin: 'pdf-sign',
    code: 'ok',
    document: { name, size: 1, sha256: 'aa' },
    result: { name, size: 2, sha256: 'bb' },
    certificate: { sha256: 'cc', subject: 'CN=A' },
  });

describe('sigill journal', () => {
  it('shows what was signed, with nothing in a name that steers the terminal', async () => {
    add('a.pdf');
    add('evil\u001b[2J.pdf');
    const { code, output } = await home.sigill(['journal', 'show']);
    expect(code).toBe(0);
    expect(output).toContain('a.pdf was written (pdf-sign)');
    expect(output).not.toContain('\u001b[2J');
    const { entries } = await home.json<{ entries: { number: number }[] }>(['journal', 'show']);
    expect(entries.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is empty in order', async () => {
    expect(await home.sigill(['journal', 'verify'])).toMatchObject({ code: 0 });
    expect((await home.sigill(['journal', 'show'])).output).toBe('Nothing has been signed yet.\n');
  });

  it('finds what was changed, and which line', async () => {
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) add(name);
    const { last } = await home.json<{ last: string }>(['journal', 'verify']);
    expect(await home.sigill(['journal', 'verify', '--last', last])).toMatchObject({ code: 0 });
    writeFileSync(journal.path, readFileSync(journal.path, 'utf8').replace('b.pdf', 'x.pdf'));
    const { code, errors } = await home.sigill(['journal', 'verify', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(errors)).toMatchObject({ code: 'journal-damaged', facts: { line: 3 } });
  });

  it('is exported as it is, never over another file', async () => {
    add('a.pdf');
    const file = join(home.folder, 'journal-copy');
    expect(await home.sigill(['journal', 'export', file])).toMatchObject({ code: 0 });
    expect(readFileSync(file)).toEqual(readFileSync(journal.path));
    expect(await home.sigill(['journal', 'export', file])).toMatchObject({ code: 1 });
    expect(existsSync(file)).toBe(true);
  });

  it('takes only a digest for a digest', async () => {
    expect(await home.sigill(['journal', 'verify', '--last', 'abc'])).toMatchObject({ code: 2 });
  });
});
