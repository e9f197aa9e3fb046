import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytes, DocumentStage } from '../../test/documents/stage.js';
import type { Host } from '../host.js';
import { hostHere } from '../reach/host-here.js';
import type { ReachedHost } from '../reach/reached-host.js';
import { withDocuments } from './with-documents.js';

let stage: DocumentStage;
let host: ReachedHost;
beforeEach(() => {
  stage = new DocumentStage();
  host = hostHere({ documents: stage.store } as Host);
});
afterEach(() => stage.dispose());

const sign = async (id: string): Promise<string> => {
  const documents = stage.store.for('p');
  const draft = await documents.draft(id);
  await documents.append(draft, bytes('!'));
  return (await documents.deliver({ draft, suffix: 'signed' })).id;
};

it('files of the command line are the plugin’s for its length, and their results have paths', async () => {
  const paths = [stage.file('a.pdf'), stage.file('b.pdf')];
  const seen = await withDocuments(host, 'p', paths, async ({ ids, path }) => {
    const [, second = ''] = ids;
    return [second, path(second), path(await sign(second)), path('unknown')];
  });
  expect(seen.slice(1)).toEqual([join(stage.folder, 'b.pdf'), join(stage.folder, 'b-signed.pdf'), undefined]);
  await expect(stage.store.for('p').info(seen[0] ?? '')).rejects.toMatchObject({ code: 'document-unknown' });
});

it('results go into a folder, or get the name that was given', async () => {
  const folder = join(stage.root, 'results');
  mkdirSync(folder);
  const path = stage.file('a.pdf');
  await withDocuments(host, 'p', [path], async ({ ids: [id = ''] }) => sign(id), { out: folder });
  await withDocuments(host, 'p', [path], async ({ ids: [id = ''] }) => sign(id), { out: join(folder, 'mine.pdf') });
  expect(stage.names(folder)).toEqual(['a-signed.pdf', 'mine.pdf']);
});

it('one file that cannot be read stops it before anything is done', async () => {
  const paths = [stage.file('a.pdf'), join(stage.folder, 'none.pdf')];
  let used = false;
  const use = async (): Promise<void> => void (used = true);
  await expect(withDocuments(host, 'p', paths, use)).rejects.toMatchObject({ code: 'file-unreadable' });
  expect([used, stage.store.holding('p').all]).toEqual([false, []]);
});
