import type { Reader } from '@sigill/core';
import { BehaviorSubject, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { readerWith } from '../../test/plugins/fake-host.js';
import { activationEvents, watchActivation } from './activator.js';

const empty: Reader = { name: 'Reader 0', state: 'empty' };

describe('activation events', () => {
  it.each<[string, readonly Reader[], readonly Reader[], readonly string[]]>([
    ['an empty reader', [], [empty], ['card-state:empty']],
    ['nothing new', [readerWith('a')], [readerWith('a')], []],
    ['a card', [empty], [readerWith('a')], ['card', 'card:fineid-citizen', 'card-state:ready']],
    ['a change of its state', [readerWith('a')], [readerWith('a', 'pin-locked')], ['card-state:pin-locked']],
    ['a quick swap', [readerWith('a')], [readerWith('b')], ['card', 'card:fineid-citizen', 'card-state:ready']],
    ['a card taken out', [readerWith('a')], [empty], ['card-state:empty']],
    ['a reader taken away', [readerWith('a')], [], []],
    ['a second reader', [readerWith('a')], [readerWith('a'), { ...empty, name: 'Reader 1' }], ['card-state:empty']],
  ])('of %s', (_what, before, now, events) => {
    expect(activationEvents(before, now)).toEqual(events);
  });

  it('begin with the start, count what is there already, and end with the watch', () => {
    const readers = new BehaviorSubject<readonly Reader[]>([readerWith('a')]);
    const events: string[] = [];
    const cards = { readers, events: NEVER, details: none, certificate: none };
    const watch = watchActivation(cards, (event) => events.push(event));
    watch.dispose();
    readers.next([readerWith('b')]);
    expect(events).toEqual(['startup', 'card', 'card:fineid-citizen', 'card-state:ready']);
  });
});

function none(): Promise<never> {
  return Promise.reject(new Error('none'));
}
