import type { Card, CommandArguments, Pins, Reader } from '@sigill/core';
import { BehaviorSubject, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { activateCard, activationResult } from './activate-card.js';
import { offerActivation } from './offer-activation.js';

const reader = (id: string, state: Reader['state']): Reader => ({ name: 'R', state, card: { id } as Card });

describe('the activation plugin', () => {
  it('tells of each PIN that it is set, and that the letter is to be kept', async () => {
    const pins = {
      activate: async () => ({
        scheme: 'A',
        pins: [
          { pin: 'PIN1', state: 'ok' },
          { pin: 'PIN2', state: 'ok', sameAsOther: true },
        ],
      }),
    };
    const { messages, data } = await activateCard(pins as unknown as Pins, 'card-1');
    expect(messages).toEqual([
      { key: 'activation.set', values: { pin: 'PIN1' } },
      { key: 'activation.set', values: { pin: 'PIN2' } },
      { key: 'activation.same', values: { pin: 'PIN2' } },
      { key: 'activation.done' },
    ]);
    expect(data).toEqual({
      pins: [
        { pin: 'PIN1', state: 'ok' },
        { pin: 'PIN2', state: 'ok', sameAsOther: true },
      ],
    });
  });

  it('does not call a single-use code the PUK', () => {
    const { messages } = activationResult({ scheme: 'B', pins: [{ pin: 'PIN1', state: 'ok' }] });
    expect(messages.at(-1)).toEqual({ key: 'activation.done.single-use' });
  });

  it('says what is missing when it is not finished', () => {
    const { messages } = activationResult({
      scheme: 'A',
      pins: [
        { pin: 'PIN1', state: 'ok' },
        { pin: 'PIN2', state: 'not-set' },
      ],
    });
    expect(messages.map(({ key }) => key)).toEqual(['activation.set', 'activation.missing', 'activation.unfinished']);
  });

  it('offers itself for a card that is new and one that is half-way, once for each insertion, and not after it is given back', () => {
    const readers = new BehaviorSubject<readonly Reader[]>([reader('a', 'ready')]);
    const offered: unknown[] = [];
    const commands = {
      register: () => ({ dispose: () => {} }),
      offer: async (id: string, args: CommandArguments) => void offered.push([id, args]),
    };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const offering = offerActivation({ readers, events: NEVER, details: none, certificate: none }, commands, log);
    for (const state of [
      'reading',
      'not-activated',
      'not-activated',
      'half-activated',
      'half-activated',
      'ready',
    ] as const)
      readers.next([reader('b', state)]);
    readers.next([{ name: 'R', state: 'empty' }]);
    readers.next([reader('c', 'half-activated')]);
    offering.dispose();
    readers.next([reader('d', 'not-activated')]);
    expect(offered).toEqual([
      ['activation.activate', { card: 'b' }],
      ['activation.activate', { card: 'b' }],
      ['activation.activate', { card: 'c' }],
    ]);
  });
});

function none(): Promise<never> {
  return Promise.reject(new Error('none'));
}
