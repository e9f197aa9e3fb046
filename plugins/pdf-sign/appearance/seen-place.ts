import type { Box, Page } from '../pdf/pages.js';

/** A rectangle on a page as people see it: points from the lower left corner of what is shown, after rotation. */
export interface SeenPlace {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smaller than this no line can be read. Points. */
const least = 8;

/** A place written as `page,x,y,width,height`; `undefined` for anything else. */
export function parsePlace(text: string): SeenPlace | undefined {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length !== 5 || !parts.every((part) => /^\d{1,7}(\.\d{1,4})?$/.test(part))) return undefined;
  const [page = 0, x = 0, y = 0, width = 0, height = 0] = parts.map(Number);
  if (!Number.isInteger(page) || page < 1 || width < least || height < least) return undefined;
  return { page, x, y, width, height };
}

/** Width and height of a page as it is seen. */
export function seenSize({ cropBox: [left, bottom, right, top], rotate }: Page): readonly [number, number] {
  const size = [right - left, top - bottom] as const;
  return rotate % 180 === 0 ? size : [size[1], size[0]];
}

/** True when all of the place lies on the page. */
export function isOnPage(page: Page, { x, y, width, height }: SeenPlace): boolean {
  const [wide, high] = seenSize(page);
  return x + width <= wide && y + height <= high;
}

/** The place in the page's own space (ISO 32000-1 §8.3.2.3), whatever its rotation and its boxes are. */
export function rectOf(page: Page, { x, y, width, height }: SeenPlace): Box {
  const corners = [point(page, x, y), point(page, x + width, y + height)] as const;
  const xs = corners.map(([across]) => across);
  const ys = corners.map(([, up]) => up);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The matrix that sets a form of this size upright for who sees the page (ISO 32000-1 §12.5.5, algorithm 8.1). */
export function uprightMatrix(
  rotate: number,
  width: number,
  height: number,
): readonly [number, number, number, number, number, number] {
  if (rotate === 90) return [0, 1, -1, 0, height, 0];
  if (rotate === 180) return [-1, 0, 0, -1, width, height];
  if (rotate === 270) return [0, -1, 1, 0, 0, width];
  return [1, 0, 0, 1, 0, 0];
}

/** /Rotate turns clockwise: what is seen is turned back. */
function point({ cropBox: [left, bottom, right, top], rotate }: Page, x: number, y: number): readonly [number, number] {
  if (rotate === 90) return [right - y, bottom + x];
  if (rotate === 180) return [right - x, top - y];
  if (rotate === 270) return [left + y, top - x];
  return [left + x, bottom + y];
}
