import { isFailure } from '@sigill/core';
import type { ReachedHost } from '../reach/reached-host.js';

/** Resolves when the cards that are in are read. Without a service, a reader or a card there is less to do, and what needs one says so itself. */
export async function readIfThere(host: ReachedHost, signal: AbortSignal): Promise<void> {
  try {
    await host.readers({ signal });
  } catch (error) {
    if (!isFailure(error, 'service-absent') && !isFailure(error, 'no-reader')) throw error;
  }
}
