import type { Reader } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { readerNames } from './label-text.js';
import { cardText, stateText } from './reader-words.js';

/** Readers told one by one; a tooltip with more would be no help. */
const mostReaders = 4;

/** Reader, card and state, a line each, of each reader. */
export function tooltip(readers: readonly Reader[], texts: Texts, now: Date): string {
  const names = readerNames(readers.map(({ name }) => name));
  const told = readers
    .slice(0, mostReaders)
    .flatMap((reader) => [
      names.get(reader.name) ?? reader.name,
      ...(reader.card === undefined ? [] : [cardText(reader.card, texts)]),
      stateText(reader, texts, now),
    ]);
  const count = readers.length - mostReaders;
  return [...told, ...(count > 0 ? [texts.text('tray.more-readers', { count })] : [])].join('\n');
}
