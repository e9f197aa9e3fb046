import { type Card, Failure, type Reader } from '@sigill/core';

/**
 * The card that a command is to work on: the one in the reader that is named, or the only one there is. When several would do,
 * those that `preferred` picks count first. Fails with `reader-unknown`, `reader-choice`, `no-card`, and as the reader fails.
 */
export function chooseCard(
  readers: readonly Reader[],
  name: string | undefined,
  preferred: (card: Card) => boolean = () => true,
): Card {
  return cardIn(name === undefined ? chooseReader(readers, preferred) : namedReader(readers, name));
}

/** A reader by its name, or by a part of it that no other reader's name has. */
export function namedReader(readers: readonly Reader[], name: string): Reader {
  const exact = readers.filter((reader) => reader.name === name);
  const wanted = name.toLowerCase();
  const found = exact.length > 0 ? exact : readers.filter((reader) => reader.name.toLowerCase().includes(wanted));
  const [reader, another] = found;
  const names = readers.map((one) => one.name);
  if (reader === undefined || wanted.trim() === '')
    throw new Failure('reader-unknown', { reader: name, readers: names });
  if (another !== undefined) throw new Failure('reader-choice', { readers: found.map((one) => one.name) });
  return reader;
}

function chooseReader(readers: readonly Reader[], preferred: (card: Card) => boolean): Reader {
  const filled = readers.filter((reader) => reader.state !== 'empty');
  const fitting = filled.filter(({ card }) => card !== undefined && preferred(card));
  const [reader, another] = fitting.length > 0 ? fitting : filled;
  if (another !== undefined) throw new Failure('reader-choice', { readers: filled.map(({ name }) => name) });
  const only = readers.length === 1 ? readers[0] : undefined;
  if (reader === undefined) throw new Failure('no-card', only === undefined ? {} : { reader: only.name });
  return reader;
}

function cardIn({ name, state, card, failure }: Reader): Card {
  if (card !== undefined) return card;
  if (failure !== undefined) throw new Failure(failure.code, failure.facts as never);
  if (state === 'unrecognised') throw new Failure('card-unrecognised', { reader: name, atr: '' });
  throw new Failure('no-card', { reader: name });
}
