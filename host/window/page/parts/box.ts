/** A rectangle in points from the lower left of a page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Points: a signature that is smaller cannot be read. */
const least: Size = { width: 30, height: 15 };
/** Points that one press of an arrow key moves. */
export const step = 6;

/** Where a signature is put first: at the lower left, with a margin. */
export function firstBox(page: Size): Box {
  return within({ x: 50, y: 50, width: 200, height: 70 }, page);
}

/** The same rectangle as far as the page has room for it. */
export function within({ x, y, width, height }: Box, page: Size): Box {
  const size = {
    width: Math.min(Math.max(width, least.width), page.width),
    height: Math.min(Math.max(height, least.height), page.height),
  };
  return {
    x: Math.min(Math.max(x, 0), page.width - size.width),
    y: Math.min(Math.max(y, 0), page.height - size.height),
    ...size,
  };
}

/** What an arrow key makes of it: moved, or with shift made larger or smaller; `undefined` for another key. */
export function afterKey(box: Box, key: string, shift: boolean, page: Size): Box | undefined {
  const [right, up] = arrows[key] ?? [0, 0];
  if (right === 0 && up === 0) return undefined;
  if (!shift) return within({ ...box, x: box.x + right * step, y: box.y + up * step }, page);
  // The upper left corner stays: down makes it taller.
  const { height } = within({ ...box, height: box.height - up * step }, page);
  const width = Math.min(box.width + right * step, page.width - box.x);
  const y = box.y + box.height - height;
  return y < 0 ? box : within({ x: box.x, y, width, height }, page);
}

/** The rectangle between two points. */
export function between(one: readonly [number, number], other: readonly [number, number], page: Size): Box {
  const [x, y] = [Math.min(one[0], other[0]), Math.min(one[1], other[1])];
  return within({ x, y, width: Math.abs(one[0] - other[0]), height: Math.abs(one[1] - other[1]) }, page);
}

/** `page,x,y,width,height`, to a tenth of a point that never leaves the page. */
export function placeText(page: number, { x, y, width, height }: Box): string {
  return [page, ...[x, y, width, height].map((number) => Math.floor(number * 10) / 10)].join(',');
}

const arrows: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
