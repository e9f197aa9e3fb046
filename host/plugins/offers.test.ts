import type { Reader } from '@sigill/core';
import { BehaviorSubject, NEVER } from 'rxjs';
import { expect, it } from 'vitest';
import { readerWith } from '../../test/plugins/fake-host.js';
import { type Offer, Offers } from './offers.js';

it('an offer is passed on once per insertion, and not for a card that is gone', () => {
  const readers = new BehaviorSubject<readonly Reader[]>([readerWith('a')]);
  const passed: Offer[] = [];
  const offers = new Offers({ readers, events: NEVER, details: none, certificate: none }, (offer) =>
    passed.push(offer),
  );
  offers.make('p', { id: 'p.go', args: { card: 'a' } });
  offers.make('p', { id: 'p.go', args: { card: 'a' } });
  offers.make('p', { id: 'p.go', args: { card: 'gone' } });
  readers.next([readerWith('b')]);
  offers.make('p', { id: 'p.go', args: { card: 'a' } });
  offers.make('p', { id: 'p.go', args: { card: 'b' } });
  expect(passed.map(({ args }) => args)).toEqual([{ card: 'a' }, { card: 'b' }]);
});

function none(): Promise<never> {
  return Promise.reject(new Error('none'));
}
