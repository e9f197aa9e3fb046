import { inheritedSockets } from '../../pkcs11/inherited-sockets.js';
import { pkcs11Places } from '../../pkcs11/places.js';
import { relay } from '../../pkcs11/relay.js';
import { socketPlace } from '../../resident/socket-place.js';
import { takeLock } from '../../simulate/lock-file.js';
import type { Context } from '../context.js';

/**
 * What systemd starts for the first program that wants the card: the host, with the socket that was handed down; or, where a host runs
 * already, a relay to it, which ends with that host.
 */
export async function serveHandedDown(here: Context): Promise<void> {
  const { paths, io } = here;
  const place = socketPlace(paths.runtime, io.platform);
  const release = takeLock(place.lock);
  if (release === undefined) return await pass(here);
  try {
    const { stay } = await import('../stay.js');
    await stay(here, place, { background: true });
  } finally {
    release();
  }
}

async function pass({ paths, io }: Context): Promise<void> {
  const gone = new AbortController();
  const { own } = pkcs11Places(paths.runtime, io.environment);
  const passing = await relay(inheritedSockets(io.environment, process.pid), own, () => gone.abort());
  const ended = AbortSignal.any([io.signal, gone.signal]);
  if (!ended.aborted) await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
  passing.dispose();
}
