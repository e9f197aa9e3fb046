import { mostBytes } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { requestShapes } from './call-shapes.js';
import type { HostCall } from './contract.js';

const draft = '11111111-2222-3333-4444-555555555555';
const digest = new Uint8Array(48);
const signing = { card: 'card-1', key: '45', algorithm: 'ECDSA-SHA384' };
const net = { url: 'http://a/', method: 'POST' };

const fits: readonly (readonly [HostCall, object])[] = [
  ['documents.append', { draft, bytes: Buffer.alloc(mostBytes) }],
  ['documents.patch', { draft, offset: 2 ** 40, bytes: new Uint8Array(1) }],
  ['documents.deliver', { draft, suffix: 'signed', extension: 'eml', note: { level: 'B-LT' } }],
  ['documents.draft', { document: draft, start: 'empty' }],
  ['documents.discard', { draft }],
  ['documents.discard', { draft, why: 'sign.check-failed' }],
  ['signing.signDocuments', { ...signing, documents: [{ document: draft, digest }] }],
  ['net.request', { ...net, headers: { Accept: '*/*' }, body: new Uint8Array(1), timeout: 5_000 }],
];

const misfits: readonly (readonly [HostCall, object])[] = [
  ['documents.append', { draft, bytes: new Uint8Array(mostBytes + 1) }],
  ['documents.append', { draft, bytes: 'text' }],
  ['documents.discard', { draft, why: 'In words, with a \u202e' }],
  ['documents.append', { draft: '/etc/passwd', bytes: new Uint8Array() }],
  ['documents.patch', { draft, offset: -1, bytes: new Uint8Array() }],
  ['documents.patch', { draft, offset: 0.5, bytes: new Uint8Array() }],
  ['documents.patch', { draft, offset: Number.NaN, bytes: new Uint8Array() }],
  ['documents.read', { document: draft, range: { offset: 0, length: 2 ** 60 } }],
  ['documents.digest', { document: draft, algorithm: 'MD5', ranges: [] }],
  ['documents.digest', { document: draft, algorithm: 'SHA-1', ranges: Array(1_001).fill({ offset: 0, length: 0 }) }],
  ['documents.deliver', { draft, suffix: '../signed' }],
  ['documents.deliver', { draft, suffix: '' }],
  ['documents.deliver', { draft, suffix: 'signed', extension: 'pdf/../../x' }],
  ['documents.deliver', { draft, suffix: 'signed', path: '/etc/cron.d/x' }],
  ['documents.deliver', { draft, suffix: 'signed', note: { level: 'x'.repeat(301) } }],
  ['signing.signDocuments', { ...signing, documents: [{ document: draft, digest: new Uint8Array(20) }] }],
  ['signing.signDocuments', { ...signing, documents: Array(1_001).fill({ document: draft, digest }) }],
  ['signing.signDocuments', { ...signing, documents: [{ document: draft, digest, name: 'harmless.pdf' }] }],
  ['net.request', { ...net, method: 'PUT' }],
  ['net.request', { ...net, timeout: 30_001 }],
  ['net.request', { ...net, headers: { Accept: 'a\r\nHost: b' } }],
  ['settings.keep', { key: '__proto__', value: 'x' }],
  ['settings.keep', { key: 'last', value: { deep: 1 } }],
];

describe('calls about documents, the network and signatures', () => {
  it.each(fits)('%s takes what fits', (call, request) => {
    const shaped = requestShapes[call](request, '');
    expect(Buffer.from(JSON.stringify(shaped)).equals(Buffer.from(JSON.stringify(request)))).toBe(true);
  });

  it.each(misfits)('%s refuses what does not', (call, request) => {
    expect(() => requestShapes[call](request, '')).toThrow();
  });
});
