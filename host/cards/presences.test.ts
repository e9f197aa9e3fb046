import { expect, it } from 'vitest';
import { Presences } from './presences.js';

const empty = (counter: number): number => (counter << 16) | 0x12;
const card = (counter: number): number => (counter << 16) | 0x22;
const mute = (counter: number): number => (counter << 16) | 0x222;
const atr = Uint8Array.of(0x3b, 0x00);

it('a card whose answer to reset is still asked for is not shown yet, nor is its insertion', () => {
  const presences = new Presences();
  presences.update('R', empty(0));
  expect(presences.update('R', card(1))).toBe(1);
  expect(presences.list()).toEqual([{ name: 'R', insertion: 0 }]);
  presences.complete('R', 1, { atr });
  expect(presences.list()).toEqual([{ name: 'R', insertion: 1, atr }]);
});

it('a card that cannot be asked is shown without bytes, a mute one as mute', () => {
  const presences = new Presences();
  presences.update('R', card(1));
  presences.complete('R', 1, {});
  presences.update('S', mute(1));
  expect(presences.list()).toEqual([
    { name: 'R', insertion: 1, atr: new Uint8Array() },
    { name: 'S', insertion: 2, mute: true },
  ]);
});

it('a quick swap, of which only the counter tells, is a new insertion', () => {
  const presences = new Presences();
  expect(presences.update('R', card(1), atr)).toBe(1);
  expect(presences.update('R', card(1) | 0x100, atr)).toBeUndefined();
  expect(presences.update('R', card(3), atr)).toBe(2);
});

it('an answer that comes after a swap is not taken for the new card', () => {
  const presences = new Presences();
  presences.update('R', card(1));
  presences.update('R', card(3));
  presences.complete('R', 1, { atr });
  expect(presences.list()).toEqual([{ name: 'R', insertion: 1 }]);
});

it('numbers of insertions go on after everything was forgotten, as when the service starts anew', () => {
  const presences = new Presences();
  presences.update('R', card(1), atr);
  presences.clear();
  expect(presences.update('R', card(1), atr)).toBe(2);
});

it('readers stand in the order of their names', () => {
  const presences = new Presences();
  for (const name of ['B 01', 'A', 'B 00']) presences.update(name, empty(0));
  expect(presences.names()).toEqual(['A', 'B 00', 'B 01']);
});

it('tells whether a card of an insertion is still in', () => {
  const presences = new Presences();
  presences.update('R', card(1), atr);
  expect(presences.holds('R', 1)).toBe(true);
  presences.update('R', empty(2));
  expect([presences.holds('R', 1), presences.holds('S', 1)]).toEqual([false, false]);
});
