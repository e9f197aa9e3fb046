import { socketPlace } from '../resident/socket-place.js';
import type { Context } from './context.js';

/** Where the host that runs is asked. */
export function socketOf({ paths, io }: Context): string {
  return socketPlace(paths.runtime, io.platform).socket;
}
