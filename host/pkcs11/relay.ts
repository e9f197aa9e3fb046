import { createConnection, type Socket } from 'node:net';
import { type Disposable, DisposableStore } from '@sigill/core';
import { listenOnInherited } from './listen.js';

/**
 * Passes programs on to a host that was there before systemd started another: from the sockets that were handed down to the host's own.
 * Resolves when it listens. A program that comes when that host has gone is let go, and `lost` is called: the next is for another host.
 */
export async function relay(descriptors: readonly number[], host: string, lost: () => void): Promise<Disposable> {
  const kept = new DisposableStore();
  const passed = new Set<Socket>();
  const pass = (program: Socket): void => {
    const onward = createConnection(host);
    onward.once('error', () => onward.bytesRead === 0 && lost());
    for (const [one, other] of [
      [program, onward],
      [onward, program],
    ] as const) {
      passed.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        passed.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  for (const descriptor of descriptors) {
    const server = await listenOnInherited(descriptor, pass);
    kept.add({ dispose: () => server.close() });
  }
  kept.add({ dispose: () => passed.forEach((socket) => socket.destroy()) });
  return kept;
}
