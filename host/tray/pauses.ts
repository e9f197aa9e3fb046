/** Milliseconds between two states shown, so that a burst of events does not flood the panel. */
export const pace = 40;

const [first, longest] = [250, 60_000];

/** Milliseconds to wait before the `attempt`th new start, the first being 1. */
export function growingPause(attempt: number): number {
  return Math.min(first * 2 ** Math.min(attempt - 1, 16), longest);
}
