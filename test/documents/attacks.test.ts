import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentId, Documents } from '@sigill/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes, DocumentStage } from './stage.js';

let stage: DocumentStage;
let documents: Documents;
beforeEach(() => {
  stage = new DocumentStage();
  documents = stage.store.for('p');
});
afterEach(() => stage.dispose());

const open = (name = 'a.pdf', content: string | Uint8Array = 'the original'): Promise<DocumentId> =>
  stage.store.scope('p').open(stage.file(name, content));

describe('a plugin', () => {
  it.each([
    ['inside of the document', 3, 'X'],
    ['across its end', 11, 'XX'],
    ['beyond the draft', 13, 'XX'],
    ['before its beginning', -1, 'X'],
    ['nowhere', Number.NaN, 'X'],
  ])('cannot change bytes %s', async (_where, offset, patch) => {
    const draft = await documents.draft(await open());
    await documents.append(draft, bytes('ab'));
    const outcome = await documents.patch(draft, offset, bytes(patch)).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
    expect(outcome).toBe('document-range');
    await documents.deliver({ draft, suffix: 'signed' });
    expect(stage.text('a-signed.pdf')).toBe('the originalab');
  });

  it('cannot read or digest what is not there', async () => {
    const id = await open();
    for (const range of [
      { offset: 13, length: 1 },
      { offset: 0, length: 1_000_000 },
    ])
      await expect(documents.read(id, range)).rejects.toMatchObject({ code: 'document-range' });
    for (const ranges of [
      [{ offset: 0, length: 13 }],
      [
        { offset: 5, length: 5 },
        { offset: 12, length: 1 },
      ],
    ])
      await expect(documents.digest(id, 'SHA-256', ranges)).rejects.toMatchObject({ code: 'document-range' });
  });

  it('knows neither documents nor drafts of another one', async () => {
    const id = await open();
    const draft = await documents.draft(id);
    const other = stage.store.for('other');
    const attempts = [
      other.info(id),
      other.read(id, { offset: 0, length: 1 }),
      other.digest(id, 'SHA-256', []),
      other.draft(id),
      other.append(draft, bytes('x')),
      other.patch(draft, 12, bytes('')),
      other.deliver({ draft, suffix: 'signed' }),
      other.discard(draft),
      stage.store.describe('other', [id]),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual(
      attempts.map(() => 'document-unknown'),
    );
    expect(stage.names()).toEqual(['a.pdf']);
  });

  it('cannot take a document for a draft, or deliver one twice', async () => {
    const id = await open();
    const draft = await documents.draft(id);
    await expect(documents.append(id, bytes('x'))).rejects.toMatchObject({ code: 'document-unknown' });
    await expect(documents.deliver({ draft: id, suffix: 'signed' })).rejects.toMatchObject({
      code: 'document-unknown',
    });
    const twice = [documents.deliver({ draft, suffix: 'signed' }), documents.deliver({ draft, suffix: 'signed' })];
    const outcomes = await Promise.allSettled(twice);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf']);
  });

  it('has no drafts after its command, and no documents after those who gave them are done', async () => {
    const scope = stage.store.scope('p');
    const id = await scope.open(stage.file('a.pdf'));
    const draft = await documents.draft(id);
    stage.store.ended('p');
    await expect(documents.append(draft, bytes('x'))).rejects.toMatchObject({ code: 'document-unknown' });
    expect(await documents.info(id)).toMatchObject({ name: 'a.pdf' });
    scope.dispose();
    await expect(documents.info(id)).rejects.toMatchObject({ code: 'document-unknown' });
  });

  it('cannot fill the folder with results of one document', async () => {
    const id = await open();
    for (let times = 0; times < 8; times += 1)
      await documents.deliver({ draft: await documents.draft(id), suffix: 'signed' });
    const ninth = documents.deliver({ draft: await documents.draft(id), suffix: 'signed' });
    await expect(ninth).rejects.toMatchObject({ code: 'call-invalid' });
  });
});

describe('a document that another program touches', () => {
  const later = new Date(Date.now() + 60_000);
  const touch: readonly (readonly [string, (path: string) => void])[] = [
    ['written to', (path) => (appendFileSync(path, '!'), utimesSync(path, later, later))],
    ['cut short', (path) => truncateSync(path, 5)],
    ['rewritten with as many bytes', (path) => (writeFileSync(path, 'THE ORIGINAL'), utimesSync(path, later, later))],
  ];

  it.each(touch)('%s is not read on, not signed and not delivered', async (_how, change) => {
    const id = await open();
    const path = join(stage.folder, 'a.pdf');
    const draft = await documents.draft(id);
    await documents.append(draft, bytes('more'));
    change(path);
    const changed = { code: 'document-changed', facts: { name: 'a.pdf' } };
    await expect(documents.read(id, { offset: 0, length: 12 })).rejects.toMatchObject(changed);
    await expect(stage.store.describe('p', [id])).rejects.toMatchObject(changed);
    await expect(documents.draft(id)).rejects.toMatchObject(changed);
    await expect(documents.deliver({ draft, suffix: 'signed' })).rejects.toMatchObject(changed);
    expect(stage.names()).toEqual(['a.pdf']);
  });

  it('and puts another in its place is not signed: the person would see the other', async () => {
    const id = await open();
    const draft = await documents.draft(id);
    renameSync(stage.file('new.pdf', 'another'), join(stage.folder, 'a.pdf'));
    await expect(stage.store.describe('p', [id])).rejects.toMatchObject({ code: 'document-changed' });
    await expect(documents.deliver({ draft, suffix: 'signed' })).rejects.toMatchObject({ code: 'document-changed' });
    expect(stage.names()).toEqual(['a.pdf']);
  });

  it('whose folder became a link to another gets no result there', async () => {
    const [sub, elsewhere] = [join(stage.folder, 'sub'), join(stage.root, 'elsewhere')];
    mkdirSync(sub);
    mkdirSync(elsewhere);
    writeFileSync(join(sub, 'a.pdf'), 'the original');
    const draft = await documents.draft(await stage.store.scope('p').open(join(sub, 'a.pdf')));
    renameSync(sub, join(stage.folder, 'was-sub'));
    symlinkSync(join(stage.folder, 'was-sub'), sub);
    // Through the link the very document is found again: it is no other folder.
    await documents.deliver({ draft, suffix: 'signed' });
    expect(stage.names(join(stage.folder, 'was-sub'))).toEqual(['a-signed.pdf', 'a.pdf']);
    const again = await documents.draft(await stage.store.scope('p').open(join(sub, 'a.pdf')));
    renameSync(sub, join(stage.folder, 'old-link'));
    symlinkSync(elsewhere, sub);
    await expect(documents.deliver({ draft: again, suffix: 'signed' })).rejects.toMatchObject({
      code: 'document-changed',
    });
    expect(stage.names(elsewhere)).toEqual([]);
  });
});

describe('what is no document', () => {
  it('a folder, a pipe, a device and what is not there are refused, without waiting', async () => {
    const pipe = join(stage.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [stage.folder, pipe, '/dev/zero', join(stage.folder, 'none.pdf')])
      await expect(stage.store.scope('p').open(path)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('what a plugin is told of a failure names no folder', async () => {
    const failure = await stage.store
      .scope('p')
      .open(join(stage.folder, 'none.pdf'))
      .catch((error: unknown) => error);
    expect(JSON.stringify((failure as { facts: unknown }).facts)).not.toContain(stage.folder);
  });
});

describe('the journal', () => {
  const by = { certificate: { sha256: 'aa', subject: 'CN=A' }, algorithm: 'ECDSA-SHA384' };
  const sign = async (id: DocumentId): Promise<void> => {
    const [described] = await stage.store.describe('p', [id]);
    if (described) stage.store.signed('p', described, by);
  };

  it('that cannot be written refuses before anything is signed, and keeps a result from its name', async () => {
    const id = await open();
    const draft = await documents.draft(id);
    stage.journal = false;
    await expect(documents.draft(id)).rejects.toMatchObject({ code: 'journal-unwritable' });
    await expect(documents.deliver({ draft, suffix: 'signed' })).rejects.toMatchObject({ code: 'journal-unwritable' });
    expect(stage.names()).toEqual(['a.pdf']);
  });

  it('names the certificate of what was signed, whether the draft or its document was', async () => {
    for (const which of [0, 1]) {
      const id = await open(`${which}.pdf`);
      const draft = await documents.draft(id);
      await sign([id, draft][which] ?? id);
      await documents.deliver({ draft, suffix: 'signed', note: { level: 'B-B' } });
    }
    stage.store.ended('p');
    await stage.store.written();
    expect(stage.fates.map(({ signed, note, code }) => ({ signed, note, code }))).toEqual([
      { signed: by, note: { level: 'B-B' }, code: undefined },
      { signed: by, note: { level: 'B-B' }, code: undefined },
    ]);
  });

  it('has what a card signed and nothing came of: given up, failed, or gone with its plugin', async () => {
    const ids = [await open('a.pdf'), await open('b.pdf'), await open('c.pdf')];
    const drafts = [];
    for (const id of ids) drafts.push(await documents.draft(id));
    for (const draft of drafts) await sign(draft);
    const [first, second] = drafts;
    if (first) await documents.discard(first, 'sign.check-failed');
    if (second) {
      appendFileSync(join(stage.folder, 'b.pdf'), '!');
      await documents.deliver({ draft: second, suffix: 'signed' }).catch(() => {});
    }
    stage.store.ended('p', 'net-slow');
    await stage.store.written();
    expect(stage.fates.map(({ document, code }) => [document.name, code]).sort()).toEqual([
      ['a.pdf', 'sign.check-failed'],
      ['b.pdf', 'document-changed'],
      ['c.pdf', 'net-slow'],
    ]);
  });
});
