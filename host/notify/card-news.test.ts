import type { Reader } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { card, certificate, now, pin } from '../../test/window/desk-views.js';
import { cardNews } from './card-news.js';

const reader = (state: Reader['state'], more: Parameters<typeof card>[0] = {}): readonly Reader[] => [
  { name: 'R', state, card: card(more) },
];
const between = (before: readonly Reader[], after: readonly Reader[]) => cardNews(before, after, now);
const locked = { pins: [pin('PIN1', { state: 'locked' }), pin('PIN2')] };

describe('what a person should know of a card', () => {
  it('is that it needs activation: once, and once more when that is half done', () => {
    const [fresh, half] = [reader('not-activated'), reader('half-activated')];
    expect(between([], fresh)).toEqual([{ kind: 'not-activated', reader: 'R' }]);
    expect(between(fresh, fresh)).toEqual([]);
    expect(between(fresh, half)).toEqual([{ kind: 'half-activated', reader: 'R' }]);
    expect(between(half, reader('half-activated', { id: 'again' }))).toHaveLength(1);
    expect(between(half, reader('ready'))).toEqual([]);
  });

  it('is that a code is locked: when it comes to be, and when such a card is put in', () => {
    const news = [{ kind: 'locked', reader: 'R', pin: 'PIN1' }];
    expect(between(reader('ready'), reader('pin-locked', locked))).toEqual(news);
    expect(between([{ name: 'R', state: 'reading' }], reader('pin-locked', locked))).toEqual(news);
    expect(between(reader('pin-locked', locked), reader('pin-locked', locked))).toEqual([]);
    const puk = { ...locked, puk: pin('PUK', { state: 'locked' }) };
    expect(between(reader('pin-locked', locked), reader('puk-locked', puk))).toEqual([{ ...news[0], pin: 'PUK' }]);
  });

  it('is that a certificate ends within 30 days, for as long as the card is in', () => {
    const ending = reader('ready', { certificates: [certificate('2026-12-01T00:00:00Z')] });
    const news = [{ kind: 'expiring', reader: 'R', certificate: 'ab', until: '2026-12-01T00:00:00Z' }];
    expect(between([], ending)).toEqual(news);
    expect(between(ending, ending)).toEqual(news);
    expect(between([], reader('ready', { certificates: [certificate('2027-12-01T00:00:00Z')] }))).toEqual([]);
  });

  it('is nothing of a reader without a card', () => {
    expect(between(reader('ready'), [{ name: 'R', state: 'empty' }])).toEqual([]);
  });
});
