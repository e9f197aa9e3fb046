import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunkLoader, keptFile } from './load-chunk.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-chunks-'));
  chunk('other.cjs', 'exports.count = 0; exports.add = () => (exports.count += 1);');
  chunk(
    'first.cjs',
    "const other = require('./other.cjs'); other.add(); exports.all = [other, require('./other.cjs')];",
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const chunk = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** Loads the first chunk; what was compiled, by its path. */
function loaded(): { readonly all: unknown; readonly scripts: ReadonlyMap<string, Script> } {
  const scripts = new Map<string, Script>();
  const { all } = chunkLoader(folder, 'host', (path, script) => scripts.set(path, script))('first.cjs');
  return { all, scripts };
}

describe('a chunk of the program', () => {
  it('is loaded once, with what it needs', () => {
    const { all, scripts } = loaded();
    expect(all).toMatchObject([{ count: 1 }, { count: 1 }]);
    expect([...scripts.keys()]).toEqual([join(folder, 'first.cjs'), join(folder, 'other.cjs')]);
  });

  it('reads what is outside of the program, as Node.js finds it', () => {
    chunk('first.cjs', "exports.all = require('node:path').basename(__filename);");
    expect(loaded().all).toBe('first.cjs');
  });

  it('is not compiled again where it was kept, by a process of the same kind', () => {
    for (const [path, script] of loaded().scripts) writeFileSync(keptFile(path, 'host'), script.createCachedData());
    const again = loaded();
    expect([...again.scripts.values()].map(({ cachedDataRejected }) => cachedDataRejected)).toEqual([false, false]);
    expect(again.all).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  it('is compiled where what was kept is of another version, or no such thing', () => {
    writeFileSync(keptFile(join(folder, 'first.cjs'), 'host'), 'not of V8');
    const { all, scripts } = loaded();
    expect(scripts.get(join(folder, 'first.cjs'))?.cachedDataRejected).toBe(true);
    expect(all).toMatchObject([{ count: 1 }, { count: 1 }]);
  });
});
