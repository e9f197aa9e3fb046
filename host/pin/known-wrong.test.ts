import type { Card } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { KnownWrong } from './known-wrong.js';
import { Secret } from './secret.js';

const secret = (digits: string): Secret => new Secret(new TextEncoder().encode(digits));
const card = (facts: Partial<Card>): Card =>
  ({ id: 'card-1', profile: 'fineid-citizen', serial: '46000', certificates: [], ...facts }) as unknown as Card;
const certified = (...hashes: string[]): Partial<Card> =>
  ({ certificates: hashes.map((sha256) => ({ sha256 })) }) as unknown as Partial<Card>;

describe('values known to be wrong', () => {
  it('are known for the PIN and the card that called them so, and nowhere else', () => {
    const known = new KnownWrong();
    known.remember(card({}), 'PIN1', secret('0000'), 4);
    expect([
      known.has(card({}), 'PIN1', secret('0000'), 4),
      known.has(card({}), 'PIN1', secret('0001'), 4),
      known.has(card({}), 'PIN2', secret('0000'), 4),
      known.has(card({ serial: '46001' }), 'PIN1', secret('0000'), 4),
    ]).toEqual([true, false, false, false]);
  });

  it('are known when the card is put in again, by its number or by any of its certificates', () => {
    const known = new KnownWrong();
    known.remember(card(certified('aa', 'bb')), 'PIN1', secret('0000'), 4);
    const has = (facts: Partial<Card>): boolean =>
      known.has(card({ id: 'card-2', ...facts }), 'PIN1', secret('0000'), 4);
    const { serial: _serial, ...nameless } = card({ id: 'card-2', ...certified('bb') });
    expect([has({}), has(certified('bb', 'cc')), known.has(nameless, 'PIN1', secret('0000'), 4)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(has({ serial: '1', ...certified('cc') })).toBe(false);
  });

  it('are known for one insertion alone when nothing names the card', () => {
    const known = new KnownWrong();
    const { serial: _serial, ...nameless } = card({});
    known.remember(nameless, 'PIN1', secret('0000'), 4);
    expect(known.has(nameless, 'PIN1', secret('0000'), 4)).toBe(true);
    expect(known.has({ ...nameless, id: 'card-2' }, 'PIN1', secret('0000'), 4)).toBe(false);
  });

  it('are forgotten when the PIN was right, changed or unlocked, here or by another program', () => {
    const known = new KnownWrong();
    known.remember(card({}), 'PIN1', secret('0000'), 4);
    known.forget(card({}), 'PIN1');
    expect(known.has(card({}), 'PIN1', secret('0000'), 4)).toBe(false);
    known.remember(card({}), 'PIN1', secret('0000'), 3);
    expect(known.has(card({}), 'PIN1', secret('0000'), 2)).toBe(true);
    expect(known.has(card({}), 'PIN1', secret('0000'), 5)).toBe(false);
    expect(known.has(card({}), 'PIN1', secret('0000'), 3)).toBe(false);
  });

  it('are kept as hashes under a key of this process', () => {
    const known = new KnownWrong();
    known.remember(card({}), 'PIN1', secret('47114711'), 4);
    expect(inspect(known, { showHidden: true, depth: 9 })).not.toContain('47114711');
    expect(JSON.stringify(known)).toBe('{}');
  });
});
