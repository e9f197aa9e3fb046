import { expect, it } from 'vitest';
import { below, item, line } from '../../../test/contracts/menu-items.js';
import { HelperMenu } from './helper-menu.js';

const titles = (items: HelperMenu['items'] | undefined): unknown =>
  items?.map(({ __id, title, hidden, items: children }) => [
    __id,
    hidden ? '(hidden)' : title,
    ...(children ? [titles(children)] : []),
  ]);

it('items are numbered, and lines in submenus are left out', () => {
  const menu = new HelperMenu([item('a'), line, below('M', item('b'), line, item('c'))], 'linux');
  expect(titles(menu.items)).toEqual([
    [1, 'a'],
    [2, '<SEPARATOR>'],
    [
      3,
      'M',
      [
        [4, 'b'],
        [5, 'c'],
      ],
    ],
  ]);
});

it('only what has changed is updated', () => {
  const menu = new HelperMenu([item('a'), below('M', item('b'), item('c'))], 'win32');
  expect(menu.update([item('a'), below('M', item('b'), item('c'))])).toEqual([]);
  expect(titles(menu.update([item('a'), below('M', item('b', 'B'), item('c'))]))).toEqual([[3, 'B']]);
});

it('a menu that shrinks hides places and takes them again when it grows; one that outgrows them needs a new helper', () => {
  const menu = new HelperMenu([item('a'), below('M', item('b')), line, item('quit')], 'linux');
  expect(titles(menu.update([item('a'), line, item('quit')]))).toEqual([
    [2, '(hidden)'],
    [3, '(hidden)'],
  ]);
  expect(titles(menu.update([item('a'), below('N', item('x')), line, item('quit')]))).toEqual([
    [2, 'N'],
    [3, 'x'],
  ]);
  expect(menu.choice(3, 'x')).toBe('x');
  expect(menu.update([item('a'), below('N', item('x'), item('y')), line, item('quit')])).toBeUndefined();
  expect(menu.update([item('a'), line, line, item('quit')])).toBeUndefined();
  expect(menu.update([item('a'), item('quit')])).toBeUndefined();
  expect(menu.choice(3, 'x')).toBe('x');
});

it('a click counts only for an item that can be chosen and still says what it said', () => {
  const menu = new HelperMenu([item('a', 'Anna'), item('b', 'b', { enabled: false }), below('M')], 'linux');
  expect(menu.choice(1, 'Anna')).toBe('a');
  expect(menu.choice(1, 'Bertil')).toBeUndefined();
  expect([menu.choice(2, 'b'), menu.choice(3, 'M'), menu.choice(99, 'Anna')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('the language that is chosen is marked, on Linux by its title', () => {
  const of = (platform: string) => new HelperMenu([item('a', 'Suomi', { checked: true })], platform).items[0];
  expect(of('linux')).toMatchObject({ title: '✓ Suomi', checked: false });
  expect(of('win32')).toMatchObject({ title: 'Suomi', checked: true });
});

it('Windows shows ampersands as they are', () => {
  const menu = new HelperMenu([item('a', 'Smith & Co')], 'win32');
  expect(titles(menu.items)).toEqual([[1, 'Smith && Co']]);
  expect(menu.choice(1, 'Smith && Co')).toBe('a');
});
