import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bytes, DocumentStage } from './stage.js';

// FAT and many network disks have no links: the system answers so.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
}));

let stage: DocumentStage;
beforeEach(() => (stage = new DocumentStage()));
afterEach(() => stage.dispose());

it('a disk without links gets its result all the same, and no file is replaced', async () => {
  stage.file('a-signed.pdf', 'mine');
  const documents = stage.store.for('p');
  const draft = await documents.draft(await stage.store.scope('p').open(stage.file('a.pdf')));
  await documents.append(draft, bytes('!'));
  const info = await documents.deliver({ draft, suffix: 'signed' });
  expect(info.name).toBe('a-signed-2.pdf');
  expect(stage.names()).toEqual(['a-signed-2.pdf', 'a-signed.pdf', 'a.pdf']);
  expect([stage.text('a-signed.pdf'), stage.text('a-signed-2.pdf')]).toEqual(['mine', 'the original!']);
});
