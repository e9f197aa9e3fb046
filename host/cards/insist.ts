import { type FailureCode, isFailure } from '@sigill/core';
import type { Clock } from './clock.js';

// Trouble that passes: another program's doing, a contact that failed, a card on its way out (then `signal` is aborted soon).
const passing: readonly FailureCode[] = ['card-reset', 'reader-busy', 'card-removed', 'reader-error', 'no-card'];

/** Milliseconds between attempts. */
const pauses: readonly number[] = [50, 200, 1_000, 3_000];

/** Does `work` again, with pauses, while it fails for a reason that passes. Fails as the last attempt did. */
export async function insist<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (const milliseconds of pauses) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
    }
    await clock.pause(milliseconds, signal);
  }
  return work();
}

function isPassing(error: unknown): boolean {
  return isFailure(error) && passing.includes(error.code);
}
