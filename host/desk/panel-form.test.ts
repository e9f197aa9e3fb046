import type { PanelElement } from '@sigill/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeskScene, deskScene } from '../../test/window/desk-scene.js';

let scene: DeskScene;
beforeEach(() => {
  scene = deskScene();
});

describe('a form of a panel', () => {
  const submit = { command: 'pin.change', args: { from: 'form' }, label: 'Go' };
  const form: PanelElement = {
    kind: 'form',
    id: 'f',
    fields: [
      { key: 'why', label: 'Why', type: 'text', default: '' },
      { key: 'count', label: 'Count', type: 'number', default: 1, min: 1, max: 99_999 },
      {
        key: 'kind',
        label: 'Kind',
        type: 'choice',
        default: 'a',
        choices: [
          { value: 'a', label: 'A' },
          { value: '2580', label: 'B' },
        ],
      },
    ],
    submit,
  };
  const send = (values: Record<string, string | number | boolean>, id = 'f') =>
    scene.desk.request({ kind: 'submit', panel: 'pin.panel', form: id, values });
  beforeEach(() => scene.plugin('running', undefined, [form]));

  it('gives its command what was typed', async () => {
    await send({ why: 'a contract of 2026', count: 3 });
    expect(scene.runs[0]?.args).toEqual({ from: 'form', why: 'a contract of 2026', count: 3, kind: 'a' });
  });

  it.each(['1234', '12345678', ' 1 2 3 4 ', '12-34-56', '１２３４'])(
    'never gives it what looks like a code: %j',
    async (why) => {
      await expect(send({ why })).rejects.toMatchObject({ code: 'value-like-code', facts: { label: 'Why' } });
      expect(scene.runs).toEqual([]);
    },
  );

  it('nor as a number', async () => {
    await expect(send({ count: 2_580 })).rejects.toMatchObject({ code: 'value-like-code' });
  });

  it.each<[string, Record<string, string | number | boolean>, string]>([
    ['a field that it does not have', { pin: 'x' }, 'setting-unknown'],
    ['a value of another type', { why: 3 }, 'setting-invalid'],
    ['a number beyond its bounds', { count: 100_000 }, 'setting-invalid'],
    ['a choice that there is not', { kind: 'c' }, 'setting-invalid'],
    ['a text without end', { why: 'x'.repeat(1_001) }, 'setting-invalid'],
  ])('refuses %s', async (_, values, code) => {
    await expect(send(values)).rejects.toMatchObject({ code });
    expect(scene.runs).toEqual([]);
  });

  it('that is not shown any more is refused', async () => {
    await expect(send({}, 'g')).rejects.toMatchObject({ code: 'panel-unknown' });
  });
});
