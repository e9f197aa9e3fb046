import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { hostMessages, readEntries, Texts } from '../messages/texts.js';

/** All words of the window in one language. */
export interface DeskWords {
  /** The desk's own and the host's: where both have a sentence, the desk's, which speaks of buttons and not of commands. */
  readonly texts: Texts;
  /** The page's fixed words, by key. */
  readonly page: Readonly<Record<string, string>>;
}

const read = new Map<Language, DeskWords>();

/** The words in `language`, read once. */
export function deskWords(language: Language): DeskWords {
  let words = read.get(language);
  if (words === undefined) {
    const host = readEntries(hostMessages, language);
    const tray = readEntries(join(hostMessages, 'tray'), language);
    const desk = readEntries(join(hostMessages, 'desk'), language);
    const page = readEntries(join(hostMessages, 'page'), language);
    words = { texts: new Texts(language, { ...host, ...tray, ...desk }), page };
    read.set(language, words);
  }
  return words;
}
