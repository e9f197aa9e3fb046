import type { Reader } from '@sigill/core';
import { BehaviorSubject, NEVER } from 'rxjs';
import { beforeEach, expect, it } from 'vitest';
import { readerWith } from '../../test/plugins/fake-host.js';
import { type Offer, Offers } from './offers.js';

let readers: BehaviorSubject<readonly Reader[]>;
let passed: Offer[];
let offers: Offers;

beforeEach(() => {
  readers = new BehaviorSubject<readonly Reader[]>([readerWith('a')]);
  passed = [];
  const cards = { readers, events: NEVER, details: none, certificate: none };
  offers = new Offers(cards, (offer) => passed.push(offer));
});

const offer = (card: string): void => offers.make('p', { id: 'p.go', args: { card } });

it('an offer is passed on once per insertion, and not for a card that is gone', () => {
  offer('a');
  offer('a');
  offer('gone');
  readers.next([readerWith('b')]);
  offer('a');
  offer('b');
  expect(passed.map(({ args }) => args)).toEqual([{ card: 'a' }, { card: 'b' }]);
});

it('one for a card that is in another state by now is another offer', () => {
  readers.next([readerWith('a', 'not-activated')]);
  offer('a');
  offer('a');
  readers.next([readerWith('a', 'half-activated')]);
  offer('a');
  offer('a');
  readers.next([readerWith('a', 'not-activated')]);
  offer('a');
  expect(passed).toHaveLength(2);
});

function none(): Promise<never> {
  return Promise.reject(new Error('none'));
}
