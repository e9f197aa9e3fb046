import { setTimeout as pass } from 'node:timers/promises';
import { Failure } from '@sigill/core';
import type { FoundProfile } from './found-profile.js';

/** Milliseconds between two looks whether a program has ended: no file tells it. */
const pause = 500;

/** Resolves when the program of this profile does not run any more. Fails with `cancelled` when `signal` aborts. */
export async function untilClosed(profile: FoundProfile, signal: AbortSignal): Promise<void> {
  while (await profile.runs()) {
    if (signal.aborted) throw new Failure('cancelled', {});
    await pass(pause, undefined, { signal }).catch(() => {});
  }
}
