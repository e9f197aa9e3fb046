import type { Language } from '@sigill/core';
import type { Texts } from '../messages/texts.js';

/** The program as a file manager is to start it: the runtime, then its arguments; the chosen files come after them. */
export interface MenuProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** The words of the menu entry in one language. */
export interface MenuWords {
  /** `Sign PDF document …`. */
  readonly title: string;
  /** What happens, in a sentence. */
  readonly comment: string;
}

export type MenuWordsIn = Readonly<Record<Language, MenuWords>>;

/** A file that puts the entry into a file manager's menu. */
export interface MenuFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Permission bits. */
  readonly mode: number;
}

/** The words of the entry, from `host/messages/integrate`. */
export function menuWords(texts: Readonly<Record<Language, Texts>>): MenuWordsIn {
  const words = (language: Language): MenuWords => ({
    title: texts[language].text('integrate.title'),
    comment: texts[language].text('integrate.comment'),
  });
  return { en: words('en'), sv: words('sv'), fi: words('fi') };
}
