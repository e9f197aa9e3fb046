import { Failure, type Reader } from '@sigill/core';
import type { PcscService } from '@sigill/core/card';
import { combineLatest, filter, firstValueFrom, fromEvent, map, type Observable, race, take } from 'rxjs';
import type { Host } from '../host.js';

/** The readers each time that all of them are known and no card is being read. What is, replaying. */
export function settledReaders({ pcsc, cards }: Pick<Host, 'pcsc' | 'cards'>): Observable<readonly Reader[]> {
  return combineLatest([pcsc.service, cards.readers]).pipe(
    filter(([service, readers]) => settled(service, readers)),
    map(([, readers]) => readers),
  );
}

/** The readers now, once they are settled. Fails with `service-absent`, `no-reader`, `cancelled`. */
export async function readersNow(host: Pick<Host, 'pcsc' | 'cards'>, signal: AbortSignal): Promise<readonly Reader[]> {
  const { available, why = '', readers } = await first(host.pcsc.service, signal);
  if (!available) throw new Failure('service-absent', { why });
  if (readers.length === 0) throw new Failure('no-reader', {});
  return await first(settledReaders(host), signal);
}

function settled({ readers: present }: PcscService, readers: readonly Reader[]): boolean {
  if (present.length !== readers.length) return false;
  return present.every(({ name, atr, mute }) => {
    const state = readers.find((reader) => reader.name === name)?.state;
    if (state === undefined || state === 'reading') return false;
    return (state === 'empty') === (atr === undefined && mute !== true);
  });
}

async function first<T>(values: Observable<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new Failure('cancelled', {});
  const cancelled = fromEvent(signal, 'abort').pipe(
    map((): T => {
      throw new Failure('cancelled', {});
    }),
  );
  return await firstValueFrom(race(values.pipe(take(1)), cancelled));
}
