import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentSignature } from '@sigill/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentStage, sha256 } from '../documents/stage.js';
import { fakeHost, fixtures, idleServices } from './fake-host.js';

let stage: DocumentStage;
let fake: Awaited<ReturnType<typeof fakeHost>>;
/** What the next consent answers. */
let sign: (at: number) => DocumentSignature;
const kept: unknown[] = [];

beforeEach(async () => {
  stage = new DocumentStage();
  sign = () => ({ value: new TextEncoder().encode('signature') });
  kept.length = 0;
  const big = Uint8Array.from({ length: 2_000_001 }, (_, at) => at % 251);
  fake = await fakeHost(
    { user: fixtures },
    {
      documents: stage.store,
      signing: ({ plugin, progress }) => ({
        ...idleServices.signing({} as never),
        signDocuments: async ({ documents }) => {
          await stage.store.describe(
            plugin,
            documents.map(({ document }) => document),
          );
          return documents.map((_, at) => {
            progress({ value: (at + 1) / documents.length });
            return sign(at);
          });
        },
      }),
      net: { request: async () => ({ status: 200, contentType: 'x/y', body: big }) },
      trust: {
        anchors: async () =>
          Array.from({ length: 700 }, (_, at) => ({ der: new Uint8Array(2_000 + at), source: 'system' })),
        list: async () => big.subarray(0, 600_000),
      },
      keepSetting: async (...args) => void kept.push(args),
      language: () => 'fi',
    },
  );
});
afterEach(() => {
  fake.host.dispose();
  stage.dispose();
});

describe('a plugin that works on documents', () => {
  it('signs several through the pipe, told how far it is', async () => {
    const scope = stage.store.scope('writer');
    const ids = [await scope.open(stage.file('a.pdf')), await scope.open(stage.file('b.pdf', 'B'.repeat(700_000)))];
    const steps: unknown[] = [];
    const { data } = await fake.host.run('writer.sign', { ids }, undefined, ({ value }) => steps.push(value));
    expect(data).toEqual({ delivered: ['a-signed.pdf', 'b-signed.pdf'] });
    expect([stage.text('a.pdf'), stage.text('a-signed.pdf')]).toEqual(['the original', 'the original<signatur>']);
    expect(steps).toEqual([0.5, 1]);
    expect(stage.fates.map(({ result, note }) => [result?.sha256, note])).toEqual([
      [sha256('the original<signatur>'), { level: 'fi' }],
      [sha256(`${'B'.repeat(700_000)}<signatur>`), { level: 'fi' }],
    ]);
  });

  it('delivers the others when one fails, and leaves no draft', async () => {
    const scope = stage.store.scope('writer');
    const ids = [await scope.open(stage.file('a.pdf')), await scope.open(stage.file('b.pdf'))];
    sign = (at) => (at === 0 ? { failure: { code: 'card-refused', facts: {} } } : { value: new Uint8Array(8) });
    expect((await fake.host.run('writer.sign', { ids })).data).toEqual({ delivered: ['card-refused', 'b-signed.pdf'] });
    expect(stage.store.holding('writer').all.filter(({ kind }) => kind === 'draft')).toEqual([]);
  });

  it('does not get at the documents of another plugin', async () => {
    const id = await stage.store.scope('other').open(stage.file('a.pdf'));
    await expect(fake.host.run('writer.sign', { ids: [id] })).rejects.toMatchObject({ code: 'document-unknown' });
  });

  it('that is killed leaves nothing', async () => {
    const id = await stage.store.scope('writer').open(stage.file('a.pdf'));
    sign = () => {
      const { pid = 0 } = fake.state('writer') ?? {};
      process.kill(pid, 'SIGKILL');
      return { value: new Uint8Array(8) };
    };
    await expect(fake.host.run('writer.sign', { ids: [id] })).rejects.toMatchObject({ code: 'plugin-failed' });
    expect(stage.names()).toEqual(['a.pdf']);
    expect(stage.store.holding('writer').all.map(({ kind }) => kind)).toEqual(['document']);
  });

  it('hears that it was cancelled, and ends by itself', async () => {
    const cancel = new AbortController();
    const id = await stage.store.scope('writer').open(stage.file('a.pdf'));
    const running = fake.host.run('writer.wait', { id }, cancel.signal, () => cancel.abort());
    expect((await running).data).toEqual({ cancelled: true });
    expect(fake.state('writer')).toMatchObject({ state: 'running' });
  });

  it('looks at nothing, asks nobody and keeps nothing once its command is over', async () => {
    const id = await stage.store.scope('writer').open(stage.file('a.pdf'));
    await fake.host.run('writer.later', { id, url: 'http://a/' });
    const refused = 'call-invalid only while a command of the plugin runs';
    expect(await fake.line(/answers/)).toContain(`answers ${refused}, ${refused}, ${refused}`);
  });
});

describe('what the host does for a plugin', () => {
  it('arrives whole: answers that are longer than a message, anchors, a certificate, a kept setting', async () => {
    const big = Array.from({ length: 2_000_001 }, (_, at) => at % 251);
    expect((await fake.host.run('writer.host', { url: 'http://a/' })).data).toEqual({
      answer: { status: 200, contentType: 'x/y' },
      length: 2_000_001,
      sum: big.reduce((sum, byte) => (sum + byte) % 65_521, 0),
      anchors: 700,
      ends: 2_699,
      list: 600_000,
      certificate: '45',
      kept: {},
      code: { code: 'value-like-code', facts: { label: 'last' } },
      unknown: { code: 'setting-unknown', facts: { key: 'other' } },
    });
    expect(kept).toEqual([['writer', 'last', 'kept']]);
  });

  it('lets it load the packages that it names, and WebCrypto works in the sandbox', async () => {
    const { data } = await fake.host.run('writer.libraries');
    expect(data).toEqual({ verified: true, digest: 32, asn1: 16, deflated: 8 });
  });
});

describe('packages', () => {
  it('that the manifest does not name stay closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigill-writer-'));
    try {
      await cp(join(fixtures, 'writer'), join(folder, 'writer'), { recursive: true });
      // Here nothing of the program is found upward: the plugin brought nothing along.
      const alone = await fakeHost({ user: folder });
      await expect(alone.host.run('writer.libraries')).rejects.toMatchObject({ code: 'plugin-failed' });
      alone.host.dispose();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
