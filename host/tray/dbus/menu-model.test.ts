import { describe, expect, it } from 'vitest';
import { below, item, line } from '../../../test/contracts/menu-items.js';
import type { MenuItem } from '../tray.js';
import { types } from './bus-object.js';
import { MenuModel } from './menu-model.js';

function modelOf(...items: MenuItem[]): MenuModel {
  const model = new MenuModel();
  model.update(items);
  return model;
}

const numberOf = (model: MenuModel, choice: string) => model.nodes.find((node) => node.choice === choice)?.number;

describe('a menu on the bus', () => {
  it('changes nothing when it is shown again', () => {
    const items = [item('a'), line, below('M', item('b'), line, item('c', 'C', { checked: true }))];
    const model = modelOf(...items);
    expect([model.update(items), model.revision]).toEqual([{ properties: [] }, 2]);
  });

  it('tells a new label, mark or readiness of an item by that alone', () => {
    const model = modelOf(item('a'), below('M', item('b'), item('c', 'C', { checked: true })));
    const changes = model.update([
      item('a', 'A'),
      below('M', item('b', 'b', { enabled: false }), item('c', 'C', { checked: false })),
    ]);
    expect(changes).toEqual({
      properties: [
        { number: 1, set: { label: ['s', 'A'] }, removed: [] },
        { number: 3, set: { enabled: ['b', false] }, removed: [] },
        { number: 4, set: { 'toggle-state': ['i', 0] }, removed: [] },
      ],
    });
    expect(model.update([item('a', 'A'), below('M', item('b'), item('c', 'C', { checked: false }))])).toEqual({
      properties: [{ number: 3, set: {}, removed: ['enabled'] }],
    });
  });

  it('tells a new item by the menu that it is in, or by the whole when several have changed', () => {
    const model = modelOf(item('a'), below('M', item('b')), below('N'));
    expect(model.update([item('a'), below('M', item('b'), item('x')), below('N')]).layout).toBe(2);
    expect(model.update([item('a'), below('M', item('b')), below('N', item('y'))]).layout).toBe(0);
    expect(model.revision).toBe(4);
  });

  it('never gives the number of one action to another, so that a click on an old menu starts nothing new', () => {
    const model = modelOf(below('Reader', item('run:pin.change?card=1')));
    const old = numberOf(model, 'run:pin.change?card=1') ?? 0;
    model.update([below('Reader', item('run:pin.change?card=2'))]);
    expect([model.node(old), model.clicked(old)]).toEqual([
      undefined,
      { choice: 'run:pin.change?card=1', offered: false },
    ]);
  });

  it('gives back to an action that was away the number that it had', () => {
    const items = [item('a'), below('Reader', item('x'), line, item('y'))];
    const model = modelOf(...items);
    const numbers = model.nodes.map(({ number }) => number);
    const old = numberOf(model, 'y') ?? 0;
    model.update([below('Other', item('z'))]);
    model.update(items);
    expect(model.nodes.map(({ number }) => number)).toEqual(numbers);
    expect(model.clicked(old)).toEqual({ choice: 'y', offered: true });
  });

  it('carries out a click on a place that has gone while another offers the same', () => {
    const model = modelOf(item('show'), below('M', item('show', 'second')));
    const second = model.nodes.find(({ properties }) => properties['label']?.[1] === 'second')?.number ?? 0;
    model.update([item('show')]);
    expect(model.clicked(second)).toEqual({ choice: 'show', offered: true });
    model.update([item('show', 'show', { enabled: false })]);
    expect(model.clicked(second)).toEqual({ choice: 'show', offered: false });
  });

  it('keeps the number of a menu whatever else comes and goes', () => {
    const model = modelOf(below('A', item('a')), below('B', item('b')));
    const numbers = (): readonly number[] => model.nodes.map(({ number }) => number);
    const [, , , ...second] = numbers();
    model.update([below('B', item('b'))]);
    expect(numbers()).toEqual([0, ...second]);
  });

  it('forgets what was away longest after a thousand others, and never what is shown', () => {
    const model = modelOf(item('first'), item('kept'));
    const [first, kept] = [numberOf(model, 'first') ?? 0, numberOf(model, 'kept') ?? 0];
    for (let turn = 0; turn <= 1_000; turn++) model.update([item(`${turn}`), item('kept')]);
    expect([model.clicked(first), model.clicked(kept)]).toEqual([undefined, { choice: 'kept', offered: true }]);
    model.update([item('first')]);
    expect(numberOf(model, 'first')).toBeGreaterThan(1_000);
  });

  it('cannot be chosen where it is disabled, a line or a menu', () => {
    const model = modelOf(item('a', 'a', { enabled: false }), line, below('M', item('b')));
    expect(model.nodes.filter(({ choice }) => choice !== undefined).map(({ choice }) => choice)).toEqual(['b']);
  });

  it('shows underscores as they are', () => {
    expect(modelOf(item('a', 'my_file\0')).node(1)?.properties).toEqual({ label: ['s', 'my__file'] });
  });
});

it('a signature falls into complete types', () => {
  expect(types('iias')).toEqual(['i', 'i', 'as']);
  expect(types('u(ia{sv}av)')).toEqual(['u', '(ia{sv}av)']);
  expect(types('a(ia{sv})a(ias)aiai')).toEqual(['a(ia{sv})', 'a(ias)', 'ai', 'ai']);
});
