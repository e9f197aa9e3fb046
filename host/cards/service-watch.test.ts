import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PcscService } from '@sigill/core/card';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { serviceWake } from './service-wake.js';
import { type ServiceReport, ServiceWatch } from './service-watch.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sigill-wake-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('pauses grow while there is no service, up to a minute, and start small after it lived', async () => {
  const pauses: number[] = [];
  let lives = 0;
  const enough = signal();
  const clock: Clock = {
    async pause(milliseconds, abort) {
      if (abort?.aborted) return;
      pauses.push(milliseconds);
      if (pauses.length === 14) {
        enough.reached();
        await new Promise<void>((resolve) => abort?.addEventListener('abort', () => resolve()));
      }
    },
  };
  const watch = new ServiceWatch((report) => {
    if (++lives !== 12) throw new Error('not there');
    report.died('crashed');
    return { end: async () => undefined };
  }, clock);
  await enough.promise;
  expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000, 100, 200, 400]);
  await watch.close();
});

it('nothing is said before the readers are known, nothing twice, and of the end only the reason', async () => {
  const told: PcscService[] = [];
  let report: ServiceReport | undefined;
  let ends = 0;
  const waiting: Clock = {
    pause: (_milliseconds, abort) => new Promise((go) => abort?.addEventListener('abort', () => go())),
  };
  const watch = new ServiceWatch((given) => {
    report = given;
    return { end: async () => void ends++ };
  }, waiting);
  watch.service.subscribe((service) => told.push(service));
  expect(told).toEqual([]);
  report?.presences.update('R', 0x10);
  report?.changed();
  report?.changed();
  report?.died('crashed');
  await new Promise(setImmediate);
  expect(told).toEqual([
    { available: true, readers: [{ name: 'R', insertion: 0 }] },
    { available: false, why: 'crashed', readers: [] },
  ]);
  await watch.close();
  await watch.close();
  expect([told.length, ends]).toEqual([2, 1]);
});

it('a socket that comes into its folder wakes, other files do not', async () => {
  const socket = join(folder, 'pcscd.comm');
  let woken = false;
  const wake = serviceWake(new AbortController().signal, socket).then(() => (woken = true));
  writeFileSync(join(folder, 'other'), '');
  await new Promise(setImmediate);
  expect(woken).toBe(false);
  writeFileSync(socket, '');
  await wake;
});

it('a folder that is not there yet is awaited as well', async () => {
  const wake = serviceWake(new AbortController().signal, join(folder, 'run', 'pcscd', 'pcscd.comm'));
  mkdirSync(join(folder, 'run'));
  await wake;
});

it('who waits no longer is let go', async () => {
  const stop = new AbortController();
  const wake = serviceWake(stop.signal, join(folder, 'pcscd.comm'));
  stop.abort();
  await wake;
  await serviceWake(AbortSignal.abort(), join(folder, 'pcscd.comm'));
});

function signal(): { readonly promise: Promise<void>; reached(): void } {
  let reached = (): void => undefined;
  const promise = new Promise<void>((resolve) => (reached = resolve));
  return { promise, reached: () => reached() };
}
