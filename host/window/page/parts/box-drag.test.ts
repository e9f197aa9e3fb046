import { expect, it } from 'vitest';
import { BoxDrag } from './box-drag.js';

const page = { width: 600, height: 800 };

it('a rectangle is drawn from where the pointer went down to where it is, once it has moved', () => {
  const drag = new BoxDrag();
  expect(drag.box([10, 10], page)).toBeUndefined();
  drag.begin([100, 100], undefined);
  expect(drag.box([102, 103], page)).toBeUndefined();
  expect(drag.box([200, 160], page)).toEqual({ x: 100, y: 100, width: 100, height: 60 });
  drag.end();
  expect(drag.box([200, 160], page)).toBeUndefined();
});

it('one that was taken hold of is moved, and stays on the page', () => {
  const drag = new BoxDrag();
  const box = { x: 100, y: 100, width: 100, height: 60 };
  drag.begin([120, 120], box);
  expect(drag.box([150, 110], page)).toEqual({ ...box, x: 130, y: 90 });
  expect(drag.box([9_999, 120], page)).toEqual({ ...box, x: 500 });
});
