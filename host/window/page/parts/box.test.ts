import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterKey, between, type Box, firstBox, placeText, within } from './box.js';

const page = { width: 595, height: 842 };
const inside = ({ x, y, width, height }: Box, { width: wide, height: high } = page): boolean =>
  x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= wide && y + height <= high;

it('arrows move the box, up being up on the page', () => {
  const box = firstBox(page);
  expect(afterKey(box, 'ArrowUp', false, page)).toEqual({ ...box, y: 56 });
  expect(afterKey(box, 'ArrowLeft', false, page)).toEqual({ ...box, x: 44 });
  expect(afterKey(box, 'Enter', false, page)).toBeUndefined();
});

it('with shift they change its size, and its upper left corner stays', () => {
  const box = firstBox(page);
  expect(afterKey(box, 'ArrowRight', true, page)).toEqual({ ...box, width: 206 });
  expect(afterKey(box, 'ArrowDown', true, page)).toEqual({ ...box, y: 44, height: 76 });
  expect(afterKey(box, 'ArrowUp', true, page)).toEqual({ ...box, y: 56, height: 64 });
});

it('a box that is drawn lies between where it began and where it ended, whichever way', () => {
  expect(between([300, 400], [100, 500], page)).toEqual({ x: 100, y: 400, width: 200, height: 100 });
});

it('whatever is pressed or drawn, it never leaves a page of any size, nor does what the plugin is told', () => {
  const point = fc.tuple(
    fc.double({ min: -900, max: 900, noNaN: true }),
    fc.double({ min: -900, max: 900, noNaN: true }),
  );
  const size = fc.record({
    width: fc.double({ min: 40, max: 900, noNaN: true }),
    height: fc.double({ min: 40, max: 900, noNaN: true }),
  });
  const keys = fc.array(fc.tuple(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'), fc.boolean()));
  fc.assert(
    fc.property(point, point, size, keys, (from, to, any, pressed) => {
      let box = between(from, to, any);
      for (const [key, shift] of pressed) box = afterKey(box, key, shift, any) ?? box;
      // Sums of such numbers differ from the page by less than any eye sees.
      const room = { width: any.width + 1e-9, height: any.height + 1e-9 };
      const [, x = 0, y = 0, width = 0, height = 0] = placeText(1, box).split(',').map(Number);
      expect([inside(box, room), inside({ x, y, width, height }, room)]).toEqual([true, true]);
    }),
  );
});

it('a page that is turned keeps as much of the box as it has room for', () => {
  expect(within({ x: 500, y: 700, width: 90, height: 120 }, { width: 842, height: 595 })).toEqual({
    x: 500,
    y: 475,
    width: 90,
    height: 120,
  });
});
