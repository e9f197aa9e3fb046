import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Cards, Reader } from '@sigill/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEVER, of } from 'rxjs';
import { systemAnchors } from './system-anchors.js';
import { TrustSources } from './trust-sources.js';

const [one = '', two = ''] = rootCertificates;
const der = (pem: string): Uint8Array => Uint8Array.from(new X509Certificate(pem).raw);
const card = (id: string): Reader => ({ name: id, state: 'ready', card: { id } as NonNullable<Reader['card']> });

const cards = (fails: string): Cards => ({
  readers: of([card('first'), { name: 'empty', state: 'empty' }, card('second')]),
  events: NEVER,
  details: async (id) => {
    if (id === fails) throw new Error('pulled out');
    return { caCertificates: [{ id: '47' } as never], keys: [], notes: [] };
  },
  certificate: async (id, certificate) => new TextEncoder().encode(`${id} ${certificate}`),
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sigill-trust-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sources(content?: string | Uint8Array, fails = 'none'): TrustSources {
  const file = join(folder, 'given');
  if (content !== undefined) writeFileSync(file, content);
  const given = content === undefined ? undefined : file;
  return new TrustSources({ cards: cards(fails), file: () => given, system: () => [der(one)] });
}

const kinds = async (trust: TrustSources) => (await trust.anchors()).map(({ source }) => source);

describe('what certificates are judged by', () => {
  it('is the computer’s store, and CA certificates of the cards that are in', async () => {
    expect(await sources().anchors()).toEqual([
      { der: der(one), source: 'system' },
      { der: new TextEncoder().encode('first 47'), source: 'card' },
      { der: new TextEncoder().encode('second 47'), source: 'card' },
    ]);
    expect(await sources().list()).toBeUndefined();
  });

  it('a card that is pulled out has no say, and hinders nothing', async () => {
    expect(await kinds(sources(undefined, 'first'))).toEqual(['system', 'card']);
  });

  it.each([
    ['PEM, with words around', `# mine\n${one}\nand\n${two}\n`, 2],
    ['DER', der(one), 1],
    ['PEM of which one is broken', `${one}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`, 1],
  ])('a file in %s adds its certificates', async (_kind, content, count) => {
    const trust = sources(content, 'none');
    expect((await kinds(trust)).filter((source) => source === 'file').length).toBe(count);
    expect(await trust.list()).toBeUndefined();
  });

  it('a trusted list is handed on as it is', async () => {
    const list = '<?xml version="1.0"?><TrustServiceStatusList/>';
    const trust = sources(list);
    expect(await kinds(trust)).toEqual(['system', 'card', 'card']);
    expect(new TextDecoder().decode(await trust.list())).toBe(list);
  });

  it('a file that is gone is said, not passed over', async () => {
    const trust = new TrustSources({ cards: cards('none'), file: () => join(folder, 'none'), system: () => [] });
    await expect(trust.anchors()).rejects.toMatchObject({ code: 'file-unreadable', facts: { why: 'ENOENT' } });
  });

  it('comes from the first bundle that is there, else from those of Node.js', () => {
    const bundle = join(folder, 'bundle.crt');
    writeFileSync(bundle, `${one}\n${two}\n`);
    expect(systemAnchors([join(folder, 'none'), bundle]).length).toBe(2);
    expect(systemAnchors([]).length).toBeGreaterThan(100);
  });
});
