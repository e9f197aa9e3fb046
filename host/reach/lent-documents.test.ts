import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '@sigill/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytes, DocumentStage } from '../../test/documents/stage.js';
import type { Host } from '../host.js';
import { Caller } from './caller.js';
import { HostThere } from './host-there.js';

let folder: string;
let stage: DocumentStage;
let server: Server;
let there: HostThere;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-lent-'));
  stage = new DocumentStage();
  const quiet = (): void => {};
  const host = {
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    asking: () => ({}),
    documents: stage.store,
  } as unknown as Host;
  server = createServer((socket) => new Caller(socket, host, { language: 'en', onReader: false }));
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
  there = new HostThere(createConnection(join(folder, 's')), {
    ask: () => Promise.reject(new Failure('cancelled', {})),
  });
});
afterEach(() => {
  there.dispose();
  server.close();
  stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const sign = async (id: string): Promise<string> => {
  const documents = stage.store.for('p');
  const draft = await documents.draft(id);
  await documents.append(draft, bytes('!'));
  return (await documents.deliver({ draft, suffix: 'signed' })).id;
};

it('files named in another process are given to the plugin, their results have paths, and both end with the command', async () => {
  const paths = [stage.file('a.pdf'), stage.file('b.pdf')];
  const told: string[] = [];
  const ids = await there.withDocuments(
    { plugin: 'p', paths },
    async ({ ids: [first = '', second = ''], path }) => {
      const signed = await sign(second);
      // What the host tells first is heard first.
      await there.withDocuments({ plugin: 'p', paths: [] }, async () => {});
      expect([path(first), path(signed)]).toEqual([paths[0], join(stage.folder, 'b-signed.pdf')]);
      return [first, second];
    },
    ({ path }) => told.push(path),
  );
  expect(told).toEqual([join(stage.folder, 'b-signed.pdf')]);
  for (const id of ids) await expect(stage.store.for('p').info(id)).rejects.toMatchObject({ code: 'document-unknown' });
});

it('a file that cannot be read ends it before anything is done', async () => {
  let used = false;
  const use = async (): Promise<void> => void (used = true);
  const missing = there.withDocuments({ plugin: 'p', paths: [join(folder, 'none.pdf')] }, use);
  await expect(missing).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(used).toBe(false);
});

it('only whole paths are taken, and not too many', async () => {
  for (const paths of [['a.pdf'], ['/a\0b'], Array.from({ length: 1_001 }, () => '/a')])
    await expect(there.withDocuments({ plugin: 'p', paths }, async () => {})).rejects.toMatchObject({
      code: 'call-invalid',
    });
});
