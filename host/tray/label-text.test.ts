import { expect, it } from 'vitest';
import { labelText, readerNames } from './label-text.js';

it('readers lose their counters where they differ without them', () => {
  expect([...readerNames(['Gemalto PC Twin 00 00', 'ACS ACR39U 01 00']).values()]).toEqual([
    'Gemalto PC Twin',
    'ACS ACR39U',
  ]);
  const twins = ['Gemalto 00 00', 'Gemalto 01 00'];
  expect([...readerNames(twins).values()]).toEqual(twins);
});

it('a name is one line without signs that turn the writing round', () => {
  expect(labelText(' a\tb\r\nc\u0000\u202ed\u2028e ')).toBe('a b c d e');
});

it('a long name is cut between letters', () => {
  expect([...labelText('🙂'.repeat(200))]).toHaveLength(80);
  expect(labelText('🙂'.repeat(200))).toMatch(/🙂…$/u);
});
