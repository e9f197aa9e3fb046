import { type Card, failureData, type Reader } from '@sigill/core';
import { expect, it } from 'vitest';
import { chooseCard } from './choose-card.js';

const reader = (name: string, id?: string): Reader =>
  id === undefined ? { name, state: 'empty' } : { name, state: 'ready', card: { id, reader: name } as Card };
const told = (choose: () => unknown): unknown => {
  try {
    return choose();
  } catch (error) {
    return failureData(error);
  }
};

it('one card needs no choice, however many readers are empty', () => {
  expect(chooseCard([reader('A'), reader('B', 'b'), reader('C')], undefined).id).toBe('b');
});

it('two cards are a choice, and both readers are named', () => {
  const readers = [reader('A', 'a'), reader('B', 'b'), reader('C')];
  expect(told(() => chooseCard(readers, undefined))).toEqual({ code: 'reader-choice', facts: { readers: ['A', 'B'] } });
  expect(chooseCard(readers, undefined, ({ id }) => id === 'b').id).toBe('b');
});

it('a reader is named in full or by a part that is its alone', () => {
  const readers = [reader('Gemalto 00 00', 'a'), reader('Omnikey 00 00', 'b'), reader('Omnikey 01 00', 'c')];
  expect(chooseCard(readers, 'gemalto').id).toBe('a');
  expect(chooseCard(readers, 'Omnikey 01 00').id).toBe('c');
  expect(told(() => chooseCard(readers, 'omnikey'))).toMatchObject({ code: 'reader-choice' });
  expect(told(() => chooseCard(readers, 'Cherry'))).toEqual({
    code: 'reader-unknown',
    facts: { reader: 'Cherry', readers: readers.map(({ name }) => name) },
  });
  expect(told(() => chooseCard(readers, ''))).toMatchObject({ code: 'reader-unknown' });
});

it('no card is told, with the reader when there is but one', () => {
  expect(told(() => chooseCard([reader('A')], undefined))).toEqual({ code: 'no-card', facts: { reader: 'A' } });
  expect(told(() => chooseCard([reader('A'), reader('B')], undefined))).toEqual({ code: 'no-card', facts: {} });
  expect(told(() => chooseCard([reader('A'), reader('B', 'b')], 'A'))).toMatchObject({ facts: { reader: 'A' } });
});

it('a card that could not be read fails as its reader does', () => {
  const failure = { code: 'card-unrecognised', facts: { reader: 'A', atr: '3b00' } } as const;
  expect(told(() => chooseCard([{ name: 'A', state: 'unrecognised', failure }], undefined))).toEqual(failure);
});
