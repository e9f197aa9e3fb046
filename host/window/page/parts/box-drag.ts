import { between, type Box, within } from './box.js';

/** Points from the lower left of a page. */
export type Point = readonly [x: number, y: number];

/** Points: a hand that trembles draws nothing. */
const least = 4;

/** A rectangle that is drawn anew, or moved, while the pointer is held down. */
export class BoxDrag {
  #held: { readonly from: Point; readonly box: Box | undefined } | undefined;

  /** `box` when it is moved. */
  begin(from: Point, box: Box | undefined): void {
    this.#held = { from, box };
  }

  /** What the rectangle is when the pointer has come to `to`; undefined when nothing is held, or it has hardly moved. */
  box(to: Point, page: { readonly width: number; readonly height: number }): Box | undefined {
    if (this.#held === undefined) return undefined;
    const { from, box } = this.#held;
    const [across, up] = [to[0] - from[0], to[1] - from[1]];
    if (box !== undefined) return within({ ...box, x: box.x + across, y: box.y + up }, page);
    return Math.hypot(across, up) > least ? between(from, to, page) : undefined;
  }

  end(): void {
    this.#held = undefined;
  }
}
