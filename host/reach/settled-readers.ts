import { type Card, Failure, isFailure, type Reader } from '@sigill/core';
import { parseCardInfo, type PcscService, printedSerial, readFile, selectFile } from '@sigill/core/card';
import { combineLatest, filter, firstValueFrom, fromEvent, map, type Observable, race, take } from 'rxjs';
import type { Host } from '../host.js';

/** EF.CIAInfo (ISO/IEC 7816-15 §8.10). */
const cardInfo = '5032';

/** The readers each time that all of them are known and no card is being read. What is, replaying. */
export function settledReaders({ pcsc, cards }: Pick<Host, 'pcsc' | 'cards'>): Observable<readonly Reader[]> {
  return combineLatest([pcsc.service, cards.readers]).pipe(
    filter(([service, readers]) => settled(service, readers)),
    map(([, readers]) => readers),
  );
}

/** The readers now, once they are settled. Fails with `service-absent`, `no-reader`, `cancelled`. */
export async function readersNow(host: Pick<Host, 'pcsc' | 'cards'>, signal: AbortSignal): Promise<readonly Reader[]> {
  const { available, why = '', readers: present } = await first(host.pcsc.service, signal);
  if (!available) throw new Failure('service-absent', { why });
  if (present.length === 0) throw new Failure('no-reader', {});
  return await first(settledReaders(host), signal);
}

/** As `readersNow`, with what could wait until the states were known: the PUK's counter and the number that is printed on each card. */
export async function readersInFull(
  host: Pick<Host, 'pcsc' | 'cards'>,
  signal: AbortSignal,
): Promise<readonly Reader[]> {
  const settled = await readersNow(host, signal);
  const rest = settled.flatMap(({ card, state }) => (card && state !== 'error' ? [withSerial(host, card)] : []));
  const cards = await Promise.all(rest);
  const readers = await first(settledReaders(host), signal);
  return readers.map((reader) => {
    const serial = cards.find(({ id }) => id === reader.card?.id)?.serial;
    return reader.card && serial !== undefined ? { ...reader, card: { ...reader.card, serial } } : reader;
  });
}

/**
 * The card with the number that is printed on it, where its state told none. It waits behind what the card's queue still
 * has to read, such as the PUK's counter. Never fails: a number is not worth it.
 */
async function withSerial({ cards }: Pick<Host, 'cards'>, card: Card): Promise<Card> {
  try {
    return await cards.use(card.id, async ({ channel, profile }) => {
      const file = card.serial === undefined ? await selectFile(channel, cardInfo) : undefined;
      const told = file && parseCardInfo(await readFile(channel, file)).serial;
      return told === undefined ? card : { ...card, serial: printedSerial(told, profile.serial) };
    });
  } catch (error) {
    if (!isFailure(error)) throw error;
    return card;
  }
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
