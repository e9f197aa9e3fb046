import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes, DocumentStage, sha256, text } from './stage.js';

let stage: DocumentStage;
beforeEach(() => (stage = new DocumentStage()));
afterEach(() => stage.dispose());

/** Signs the file as a plugin would: appends, patches what it appended, delivers. */
async function signed(
  path: string,
  { suffix = 'signed', out = undefined as { folder: string; name?: Buffer } | undefined } = {},
) {
  const scope = stage.store.scope('p', out);
  const documents = stage.store.for('p');
  const id = await scope.open(path);
  const draft = await documents.draft(id);
  const { size } = await documents.info(id);
  await documents.append(draft, bytes(' and ________'));
  await documents.patch(draft, size + 5, bytes('more'));
  const info = await documents.deliver({ draft, suffix });
  return { info, scope, id, documents };
}

describe('a document', () => {
  it('is read in pieces and digested without coming to the plugin', async () => {
    const content = randomBytes(3_000_000);
    const documents = stage.store.for('p');
    const id = await stage.store.scope('p').open(stage.file('a.pdf', content));
    expect(await documents.info(id)).toEqual({ id, name: 'a.pdf', size: 3_000_000 });
    expect(await documents.read(id, { offset: 2_999_990, length: 100 })).toEqual(content.subarray(-10));
    const ranges = [
      { offset: 0, length: 1_000 },
      { offset: 2_000, length: 2_998_000 },
    ];
    const wanted = createHash('sha384').update(content.subarray(0, 1_000)).update(content.subarray(2_000)).digest();
    expect(Buffer.from(await documents.digest(id, 'SHA-384', ranges))).toEqual(wanted);
  });

  it('grows as a draft, whose digests are those of the whole', async () => {
    const content = randomBytes(1_500_000);
    const documents = stage.store.for('p');
    const id = await stage.store.scope('p').open(stage.file('a.pdf', content));
    const draft = await documents.draft(id);
    expect(await documents.append(draft, bytes('abc<>def'))).toBe(1_500_008);
    const around = [
      { offset: 0, length: 1_500_003 },
      { offset: 1_500_005, length: 3 },
    ];
    const wanted = createHash('sha256').update(content).update('abc').update('def').digest();
    expect(Buffer.from(await documents.digest(draft, 'SHA-256', around))).toEqual(wanted);
    await documents.patch(draft, 1_500_003, bytes('[]'));
    expect(text(await documents.read(draft, { offset: 1_499_999, length: 100 })).slice(-8)).toBe('abc[]def');
    // Nothing of it is on the disk yet.
    expect(stage.names()).toEqual(['a.pdf']);
  });

  it('becomes a file beside it, its own bytes first, and stays as it was', async () => {
    const path = stage.file('offer.pdf');
    const { info, scope, id, documents } = await signed(path);
    expect(stage.names()).toEqual(['offer-signed.pdf', 'offer.pdf']);
    expect([stage.text('offer.pdf'), stage.text('offer-signed.pdf')]).toEqual([
      'the original',
      'the original and more____',
    ]);
    expect(info).toMatchObject({ name: 'offer-signed.pdf', size: 25 });
    expect(text(await documents.read(info.id, { offset: 13, length: 8 }))).toBe('and more');
    expect(scope.delivered).toEqual([{ id: info.id, from: id, path: join(stage.folder, 'offer-signed.pdf') }]);
    expect(stage.fates).toEqual([
      {
        plugin: 'p',
        signed: undefined,
        note: undefined,
        document: { name: 'offer.pdf', size: 12, sha256: sha256('the original') },
        result: { name: 'offer-signed.pdf', size: 25, sha256: sha256('the original and more____') },
      },
    ]);
  });

  it('of megabytes and with megabytes added arrives whole', async () => {
    const [content, added] = [randomBytes(20_000_000), randomBytes(500_000)];
    const documents = stage.store.for('p');
    const draft = await documents.draft(await stage.store.scope('p').open(stage.file('a.pdf', content)));
    for (let times = 0; times < 12; times += 1) await documents.append(draft, added);
    await documents.patch(draft, 20_000_000, bytes('patched'));
    await documents.deliver({ draft, suffix: 'signed' });
    const wanted = Buffer.concat([content, ...Array.from({ length: 12 }, () => added)]);
    wanted.set(bytes('patched'), 20_000_000);
    expect(readFileSync(join(stage.folder, 'a-signed.pdf')).equals(wanted)).toBe(true);
    expect(stage.fates[0]?.result?.sha256).toBe(sha256(wanted));
  });
});

describe('names', () => {
  it('are never taken from another file, not even from a link that leads nowhere', async () => {
    stage.file('a-signed.pdf', 'mine');
    symlinkSync('/nowhere/at/all', join(stage.folder, 'a-signed-2.pdf'));
    await signed(stage.file('a.pdf'));
    expect(stage.names()).toEqual(['a-signed-2.pdf', 'a-signed-3.pdf', 'a-signed.pdf', 'a.pdf']);
    expect([stage.text('a-signed.pdf'), lstatSync(join(stage.folder, 'a-signed-2.pdf')).isSymbolicLink()]).toEqual([
      'mine',
      true,
    ]);
  });

  it.each([
    ['-rf.pdf', '-rf-signed.pdf'],
    ['two\nlines "and\' $HOME`.pdf', 'two\nlines "and\' $HOME`-signed.pdf'],
    ['no extension', 'no extension-signed'],
    ['.hidden', '.hidden-signed'],
    ['päätös.tar.gz', 'päätös.tar-signed.gz'],
    [`${'å'.repeat(125)}.pdf`, `${'å'.repeat(122)}-signed.pdf`],
  ])('%j becomes %j', async (name, result) => {
    await signed(stage.file(name));
    expect(stage.names()).toContain(result);
    expect(stage.text(result)).toContain('more');
  });

  it('that are not UTF-8 are kept byte by byte', async () => {
    const name = Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x70, 0x64, 0x66]);
    writeFileSync(Buffer.concat([Buffer.from(`${stage.folder}/`), name]), 'the original');
    await signed(join(stage.folder, name.toString('utf8')));
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(stage.folder, { encoding: 'buffer' }).map((one) => one.toString('latin1'))).toContain(
      'aÿþ-signed.pdf',
    );
  });

  it('go where the person said, and an extension follows the kind', async () => {
    const folder = join(stage.root, 'elsewhere');
    mkdirSync(folder);
    await signed(stage.file('a.pdf'), { out: { folder } });
    await signed(stage.file('b.pdf'), { out: { folder, name: Buffer.from('result.pdf') } });
    await expect(
      signed(stage.file('c.pdf'), { out: { folder, name: Buffer.from('result.pdf') } }),
    ).rejects.toMatchObject({
      code: 'file-unwritable',
      facts: { why: 'EEXIST' },
    });
    const documents = stage.store.for('p');
    const draft = await documents.draft(
      await stage.store.scope('p', { folder }).open(stage.file('letter.txt')),
      'empty',
    );
    await documents.append(draft, bytes('Subject: hello'));
    await documents.deliver({ draft, suffix: 'signed', extension: 'eml' });
    expect(stage.names(folder)).toEqual(['a-signed.pdf', 'letter-signed.eml', 'result.pdf']);
    expect(readFileSync(join(folder, 'letter-signed.eml'), 'utf8')).toBe('Subject: hello');
  });
});

describe('modes and links', () => {
  it.each([
    [0o444, 0o644],
    [0o755, 0o644],
    [0o600, 0o600],
    [0o4664, 0o664],
  ])('a document of mode %o gives one of mode %o', async (mode, result) => {
    const path = stage.file('a.pdf');
    chmodSync(path, mode);
    await signed(path);
    expect(statSync(join(stage.folder, 'a-signed.pdf')).mode & 0o7777).toBe(result);
  });

  it('a link is followed for reading, and the result lies beside the link', async () => {
    const real = join(stage.root, 'real.pdf');
    writeFileSync(real, 'the original');
    symlinkSync(real, join(stage.folder, 'link.pdf'));
    await signed(join(stage.folder, 'link.pdf'));
    expect(stage.names()).toEqual(['link-signed.pdf', 'link.pdf']);
    expect(readFileSync(real, 'utf8')).toBe('the original');
  });

  it('a second name of the document is not written through', async () => {
    const path = stage.file('a.pdf');
    linkSync(path, join(stage.folder, 'other.pdf'));
    await signed(path);
    expect(stage.text('other.pdf')).toBe('the original');
  });

  it('bytes without a path leave nothing but the result, in the folder of documents', async () => {
    const scope = stage.store.scope('p');
    const id = await scope.receive(
      '../../etc/from the web.pdf',
      Readable.from([bytes('the '), bytes('original')]),
      1_000,
    );
    expect(stage.names(join(stage.runtime, 'documents'))).toEqual([]);
    const documents = stage.store.for('p');
    const draft = await documents.draft(id);
    await documents.append(draft, bytes('!'));
    await documents.deliver({ draft, suffix: 'signed' });
    expect(stage.names(stage.received)).toEqual(['from the web-signed.pdf']);
    expect(readFileSync(join(stage.received, 'from the web-signed.pdf'), 'utf8')).toBe('the original!');
    await expect(scope.receive('a.pdf', Readable.from([bytes('12345'), bytes('67890')]), 9)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});
