import { setTimeout } from 'node:timers/promises';
import { isFailure } from '@sigill/core';
import { askResident } from '../resident/ask-resident.js';
import type { ResidentCall } from '../resident/resident-call.js';
import { socketPlace } from '../resident/socket-place.js';
import { isLocked } from '../simulate/lock-file.js';
import type { Context } from './context.js';

/** Milliseconds between two looks at a host that is starting, and how many. */
const pause = 100;
const looks = 100;

/**
 * Asks the host that runs. One that is starting has its lock before its socket: it is waited for, as after a program has had systemd
 * start it. Fails as `askResident` does.
 */
export async function askRunning(
  { paths, io }: Pick<Context, 'paths' | 'io'>,
  call: ResidentCall,
): ReturnType<typeof askResident> {
  const place = socketPlace(paths.runtime, io.platform);
  for (let look = 1; ; look += 1) {
    try {
      return await askResident(place.socket, call);
    } catch (error) {
      const starting = isFailure(error, 'host-absent') && isLocked(place.lock);
      if (!starting || look === looks || io.signal.aborted) throw error;
      await setTimeout(pause);
    }
  }
}
