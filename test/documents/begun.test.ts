import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes, DocumentStage, sha256 } from './stage.js';

let stage: DocumentStage;
beforeEach(() => (stage = new DocumentStage()));
afterEach(() => stage.dispose());

const hidden = /^\.a\.pdf\.sigill-[0-9a-f]{16}$/;
const content = randomBytes(2_000_000);

async function drafted(name = 'a.pdf') {
  const scope = stage.store.scope('p');
  const documents = stage.store.for('p');
  const draft = await documents.draft(await scope.open(stage.file(name, content)));
  return { scope, documents, draft };
}

/** Names of hidden files, once there are as many. */
async function hiddenNames(count: number): Promise<readonly string[]> {
  await expect.poll(() => stage.names().filter((name) => name.startsWith('.')).length).toBe(count);
  return stage.names().filter((name) => name.startsWith('.'));
}

describe('a file that is begun while the card signs', () => {
  it('becomes the result', async () => {
    const { documents, draft } = await drafted();
    stage.store.begin('p', draft);
    const [begun = ''] = await hiddenNames(1);
    expect(begun).toMatch(hidden);
    const { ino } = statSync(join(stage.folder, begun));
    await documents.append(draft, bytes(' and more'));
    await documents.deliver({ draft, suffix: 'signed' });
    expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf']);
    expect(statSync(join(stage.folder, 'a-signed.pdf')).ino).toBe(ino);
    const wanted = sha256(Buffer.concat([content, bytes(' and more')]));
    expect(sha256(readFileSync(join(stage.folder, 'a-signed.pdf')))).toBe(wanted);
  });

  it.each([
    ['is discarded', ({ documents, draft }) => documents.discard(draft)],
    ['ends with its command', () => stage.store.ended('p')],
    ['is taken away with its document', ({ scope }) => scope.dispose()],
  ] satisfies [string, (given: Awaited<ReturnType<typeof drafted>>) => unknown][])(
    'is gone when its draft %s',
    async (_, end) => {
      const given = await drafted();
      stage.store.begin('p', given.draft);
      await hiddenNames(1);
      await end(given);
      await stage.store.written();
      expect(stage.names()).toEqual(['a.pdf']);
      expect(stage.names(join(stage.state, 'drafts'))).toEqual([]);
    },
  );

  it('is one of a few: a batch does not fill the disk before there is a result', async () => {
    const names = Array.from({ length: 6 }, (_, at) => `${at}.pdf`);
    const all = [];
    for (const name of names) all.push(await drafted(name));
    for (const { draft } of all) stage.store.begin('p', draft);
    await hiddenNames(4);
    for (const { documents, draft } of all) await documents.deliver({ draft, suffix: 'signed' });
    expect(stage.names()).toEqual(names.flatMap((name) => [name.replace('.pdf', '-signed.pdf'), name]));
  });

  it('is none for what is not a draft, or is not there', async () => {
    const documents = stage.store.for('p');
    const id = await stage.store.scope('p').open(stage.file('a.pdf', content));
    const empty = await documents.draft(id, 'empty');
    for (const one of [id, empty, 'nothing']) stage.store.begin('p', one);
    await stage.store.written();
    expect(stage.names()).toEqual(['a.pdf']);
  });
});
