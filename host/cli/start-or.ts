import { setTimeout } from 'node:timers/promises';
import { isFailure } from '@sigill/core';
import { socketPlace } from '../resident/socket-place.js';
import { takeLock } from '../simulate/lock-file.js';
import type { Context } from './context.js';
import type { StayOptions } from './stay.js';

/** Milliseconds between two looks at a host that is starting or ending, and how many. */
const pause = 100;
const looks = 100;

/** Makes this process the host for as long as it runs; where another is, `ask` asks that one. True when another was asked. Fails as `ask` does. */
export async function startOr(
  here: Context,
  options: StayOptions,
  ask: (socket: string) => Promise<unknown>,
): Promise<boolean> {
  const { paths, io } = here;
  const place = socketPlace(paths.runtime, io.platform);
  for (let look = 1; ; look += 1) {
    const release = takeLock(place.lock);
    if (release !== undefined) {
      try {
        // Only who stays needs window, tray and cards; a second start is quick.
        const { stay } = await import('./stay.js');
        await stay(here, place, options);
        return false;
      } finally {
        release();
      }
    }
    try {
      await ask(place.socket);
      return true;
    } catch (error) {
      if (!isFailure(error, 'host-absent') || look === looks || io.signal.aborted) throw error;
      await setTimeout(pause);
    }
  }
}
