import { Failure, type Reader } from '@sigill/core';

/** The reader that a card is in now. Fails with `card-removed`. */
export function readerOf(readers: readonly Reader[], card: string): Reader {
  const found = readers.find((reader) => reader.card?.id === card);
  if (found === undefined) throw new Failure('card-removed', { reader: '' });
  return found;
}
