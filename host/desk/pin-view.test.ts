import type { Card } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { card, draw, pin, plugin, reader } from '../../test/window/desk-views.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { Activity } from './activity.js';

describe('a PIN', () => {
  const pins = (more: Partial<Card>) => reader({ card: card(more) })?.card?.pins ?? [];

  it('tells its tries in words and the lengths that the card allows', () => {
    const [one] = pins({ pins: [pin('PIN1', { triesLeft: 3 })] });
    expect(one).toMatchObject({ tries: '3 of 5 tries left', triesLeft: 3, triesMax: 5, lengths: '4–8 digits' });
    expect(pins({})[2]).toMatchObject({ id: 'PUK', lengths: '8 digits', actions: [] });
  });

  it('that is locked offers unlocking first, and says why not the others', () => {
    const [one] = pins({ pins: [pin('PIN1', { state: 'locked', triesLeft: 0 })] });
    expect(one?.actions.map(({ label, why }) => [label, why])).toEqual([
      ['Unlock', undefined],
      ['Verify', 'The code is locked. Unlock it first.'],
      ['Change', 'The code is locked. Unlock it first.'],
    ]);
  });

  it('cannot be unlocked without a PUK, or with a locked one', () => {
    const { puk: _, ...without } = card();
    const why = (found: Card) => reader({ card: found })?.card?.pins[0]?.actions[2]?.why;
    expect(why(without)).toBe('This card has no PUK code that could unlock it.');
    expect(why(card({ puk: pin('PUK', { state: 'locked' }) }))).toBe('The PUK code is locked.');
    // Nobody is told to unlock first what nothing unlocks.
    const lost = card({ pins: [pin('PIN1', { state: 'locked' })], puk: pin('PUK', { state: 'locked' }) });
    expect(new Set(reader({ card: lost })?.card?.pins[0]?.actions.map((one) => one.why))).toEqual(
      new Set(['The PUK code is locked.']),
    );
  });

  it('has no buttons that no plugin has; those of a disabled one say so', () => {
    const shown = (found: readonly PluginState[]) =>
      draw({ plugins: found, readers: [{ name: 'R', state: 'ready', card: card() }] }).readers[0]?.card?.pins[0]
        ?.actions;
    expect(shown([])).toEqual([]);
    expect(shown([plugin('pin', ['pin.change'], 'disabled')])?.map(({ why }) => why)).toEqual([
      'The plugin Codes is disabled.',
    ]);
  });

  it('that is being changed cannot be changed a second time meanwhile', () => {
    const running: Activity = {
      id: '1',
      command: 'pin.change',
      args: { pin: 'PIN1', card: 'card-1' },
      title: 'Change',
      state: 'running',
    };
    const { readers } = draw({ activities: [running], readers: [{ name: 'R', state: 'ready', card: card() }] });
    const whys = readers[0]?.card?.pins.slice(0, 2).map(({ actions }) => actions.map(({ why }) => why !== undefined));
    expect(whys).toEqual([
      [false, true, false],
      [false, false, false],
    ]);
  });
});
