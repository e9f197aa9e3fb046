import type { PanelElement, ProgressStep, SettingValue } from '@sigill/core';
import { BehaviorSubject, filter, firstValueFrom, map, startWith } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeHost, fixtures } from './fake-host.js';

let fake: Awaited<ReturnType<typeof fakeHost>>;
let chosen: BehaviorSubject<Readonly<Record<string, SettingValue>>>;

beforeEach(async () => {
  chosen = new BehaviorSubject<Readonly<Record<string, SettingValue>>>({});
  fake = await fakeHost({ user: fixtures }, { settings: () => chosen });
});
afterEach(() => fake.host.dispose());

/** The panel's text, once it is this. */
const shown = (text: string): Promise<readonly PanelElement[]> =>
  firstValueFrom(
    fake.host.changes.pipe(
      startWith(undefined),
      map(() => fake.host.panel('shower.list')),
      filter((elements) => JSON.stringify(elements).includes(text)),
    ),
  );

const work = { command: 'shower.work', label: 'Work' };

const show = (elements: unknown, panel: unknown = 'shower.list') =>
  fake.host.run('shower.show', { panel, elements } as never);

describe('what a plugin shows is data of a known shape', () => {
  it('a person who opens its panel starts it, and its panel follows its settings', async () => {
    fake.host.openPanel('shower.list');
    expect(await shown('red')).toEqual([{ kind: 'text', text: 'the colour is red' }]);
    chosen.next({ colour: 'blue' });
    await shown('blue');
    // One that is no choice any more is as if it had not been made.
    chosen.next({ colour: 'green' });
    await shown('red');
  });

  it('lists, progress, buttons and forms come through', async () => {
    const elements = [
      { kind: 'heading', text: { en: 'Hello', sv: 'Hej', fi: 'Hei' } },
      { kind: 'list', items: [{ title: 'one', detail: 'more' }] },
      { kind: 'progress', label: 'so far', value: 0.25 },
      { kind: 'buttons', buttons: [work] },
      { kind: 'form', id: 'f', fields: [{ key: 'why', label: 'Why', type: 'text', default: '' }], submit: work },
    ];
    await show(elements);
    expect(fake.host.panel('shower.list')).toEqual(elements);
  });

  it.each([
    ['markup of its own', [{ kind: 'html', text: '<b>' }]],
    ['an element with more than its kind has', [{ kind: 'text', text: 'a', onclick: 'x' }]],
    [
      'a field for a code',
      [{ kind: 'form', id: 'f', fields: [{ key: 'a', label: 'a', type: 'pin', default: '' }], submit: work }],
    ],
    ['a picture from elsewhere', [{ kind: 'image', src: 'https://example.org' }]],
    ['a progress beyond its end', [{ kind: 'progress', label: 'a', value: 2 }]],
    ['a list without end', [{ kind: 'list', items: Array.from({ length: 501 }, () => ({ title: 'a' })) }]],
    ['text of a whole book', [{ kind: 'text', text: 'a'.repeat(5_001) }]],
    ['elements that are none', 'text'],
  ])('%s is refused', async (_, elements) => {
    await expect(show(elements)).rejects.toMatchObject({ code: 'call-invalid', facts: { call: 'panels.show' } });
    expect(JSON.stringify(fake.host.panel('shower.list'))).not.toContain('<b>');
  });

  it('a panel that is not its own is refused', async () => {
    await expect(show([], 'other.panel')).rejects.toMatchObject({ code: 'panel-unknown' });
  });

  it('a button that would start what belongs to another is refused', async () => {
    const buttons = [{ command: 'greeter.greet', label: 'Greet' }];
    await expect(show([{ kind: 'buttons', buttons }])).rejects.toMatchObject({ code: 'command-unknown' });
  });
});

it('a command tells how far it is to who started it, and to nobody else', async () => {
  const steps: ProgressStep[] = [];
  await fake.host.run('shower.work', {}, undefined, (step) => steps.push(step));
  expect(steps).toEqual([{ value: 0.5, message: { key: 'half' } }, { value: 1 }]);
  await fake.host.run('shower.work');
  expect(steps).toHaveLength(2);
});

it('a setting that its manifest does not have is not there', async () => {
  await expect(fake.host.run('shower.setting', { key: 'pin' })).rejects.toMatchObject({
    code: 'setting-unknown',
    facts: { key: 'pin' },
  });
  expect((await fake.host.run('shower.setting')).data).toBe('red');
});
