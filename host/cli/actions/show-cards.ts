import type { CardDetails, Reader } from '@sigill/core';
import { concatMap, from, fromEvent, lastValueFrom, takeUntil } from 'rxjs';
import { namedReader } from '../choose-card.js';
import type { Context } from '../context.js';
import { readersDocument } from '../readers-document.js';
import type { ReachedHost } from '../../reach/reached-host.js';
import { readerView } from '../view/reader-view.js';

export interface CardsOptions {
  readonly watch?: boolean;
  readonly all?: boolean;
}

/** Shows readers and cards: once, or with `watch` at every change until Ctrl-C. */
export async function showCards(context: Context, options: CardsOptions): Promise<void> {
  await context.withHost((host) =>
    options.watch === true ? watch(context, host, options) : show(context, host, options),
  );
}

async function show(context: Context, host: ReachedHost, { all = false }: CardsOptions): Promise<void> {
  const readers = chosen(context, await host.readers({ full: true, signal: context.io.signal }));
  await tell(context, host, readers, all);
}

/** Until Ctrl-C, which is how a person ends it, and no failure. */
async function watch(context: Context, host: ReachedHost, { all = false }: CardsOptions): Promise<void> {
  const { signal } = context.io;
  if (signal.aborted) return;
  let last = '';
  const shown = host.watch().pipe(
    concatMap((readers) => {
      const now = JSON.stringify(readers);
      if (now === last) return [];
      last = now;
      return from(tell(context, host, readers, all));
    }),
    takeUntil(fromEvent(signal, 'abort')),
  );
  await lastValueFrom(shown, { defaultValue: undefined });
}

function chosen({ options }: Context, readers: readonly Reader[]): readonly Reader[] {
  return options.reader === undefined ? readers : [namedReader(readers, options.reader)];
}

async function tell(context: Context, host: ReachedHost, readers: readonly Reader[], all: boolean): Promise<void> {
  const { say, texts } = context;
  const details = all ? await readDetails(host, readers) : new Map<string, CardDetails>();
  say.answer(readersDocument(readers, details, texts.language), () => {
    const now = new Date();
    return readers.flatMap((reader, index) => [
      ...(index > 0 ? [''] : []),
      ...readerView(reader, {
        texts,
        paint: say.paint,
        width: say.width,
        now,
        details: reader.card && details.get(reader.card.id),
      }),
    ]);
  });
}

async function readDetails(host: ReachedHost, readers: readonly Reader[]): Promise<Map<string, CardDetails>> {
  const details = new Map<string, CardDetails>();
  for (const { card } of readers) if (card !== undefined) details.set(card.id, await host.details(card.id));
  return details;
}
