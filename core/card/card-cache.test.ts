import { describe, expect, it } from 'vitest';
import { type CachedCard, isCachedCard } from './card-cache.js';

const der = Uint8Array.from({ length: 400 }, (_, at) => at & 0xff);
const card: CachedCard = { profile: 'p', certificates: [{ id: '45', length: 400, der }] };
const head = der.slice(0, 256);
const other = head.map((byte, at) => (at === 200 ? byte ^ 1 : byte));

describe('A card seen before', () => {
  it.each([
    ['is known by the length and the first bytes of its first certificate', 'p', 400, head, true],
    ['is known by as many bytes as its reader gives at a time', 'p', 400, der.slice(0, 128), true],
    ['is another under another profile', 'q', 400, head, false],
    ['is another with another length', 'p', 401, head, false],
    ['is another with one other byte', 'p', 400, other, false],
    ['is not known by too few bytes to hold a serial number', 'p', 400, der.slice(0, 63), false],
  ])('%s', (_what, profile, length, bytes, known) => {
    expect(isCachedCard(card, profile, length, bytes)).toBe(known);
  });

  it('is not known without a certificate', () => {
    expect(isCachedCard({ profile: 'p', certificates: [] }, 'p', 400, head)).toBe(false);
  });
});
