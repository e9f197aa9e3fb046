import { describe, expect, it } from 'vitest';
import { draw, inAll } from '../../test/window/desk-views.js';
import type { Activity } from './activity.js';

describe('an activity', () => {
  const activity = (more: Partial<Activity>): Activity => ({
    id: '7',
    command: 'pin.change',
    args: {},
    plugin: 'pin',
    title: { en: 'Change a code', sv: 'Byt en kod', fi: 'Vaihda tunnusluku' },
    reader: 'R',
    state: 'running',
    ...more,
  });
  const lines = (more: Partial<Activity>) =>
    inAll((language) => draw({ language, activities: [activity(more)] }).activities[0]?.lines.join(' '));

  it('tells its end in the language of now, whatever it was then', () => {
    expect(lines({ state: 'done', messages: [{ key: 'said', values: { pin: 'PIN1' } }] })).toEqual([
      'The basic code (PIN1) is changed.',
      'Baskoden (PIN1) har bytts.',
      'Perustunnusluku (PIN1) on vaihdettu.',
    ]);
  });

  it('tells a failure without sending anybody to the command line', () => {
    const failure = { code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 1 } } as const;
    expect(lines({ state: 'failed', failure })[0]).toBe(
      'The basic code (PIN1) was wrong. Only 1 try is left. If you have forgotten it, set a new one with the PUK code: choose Unlock.',
    );
  });

  it('that waits shows where the code is typed, and only while it waits', () => {
    const at = { pinPage: 'http://127.0.0.1:1/?token=x' };
    const shown = (state: Activity['state']) => draw({ activities: [activity({ ...at, state })] }).activities[0];
    expect(shown('waiting')).toMatchObject({ ...at, state: 'waiting', cancellable: true });
    expect(shown('done')).not.toHaveProperty('pinPage');
    expect(shown('done')?.cancellable).toBe(false);
  });

  it('tells how far it is', () => {
    const progress = { value: 0.5, message: { key: 'said', values: { pin: 'PIN2' } } };
    const [view] = draw({ activities: [activity({ progress })] }).activities;
    expect(view).toMatchObject({ progress: 0.5, lines: ['The signature code (PIN2) is changed.'] });
  });
});
