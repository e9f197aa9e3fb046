import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { IntlMessageFormat } from 'intl-messageformat';
import { hostFolder } from '../installed.js';

/** What a placeholder of a text can be filled with. */
export type Values = Readonly<Record<string, string | number>>;

/** The texts of one folder in one language, ICU MessageFormat. */
export class Texts {
  readonly language: Language;
  readonly #entries: Readonly<Record<string, string>>;
  readonly #parsed = new Map<string, IntlMessageFormat>();
  #days: Intl.DateTimeFormat | undefined;

  constructor(language: Language, entries: Readonly<Record<string, string>>) {
    this.language = language;
    this.#entries = entries;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#entries, key);
  }

  /** The text with its placeholders filled; a key without a text stands for itself, so that nothing is ever silent. */
  text(key: string, values: Values = {}): string {
    if (!this.has(key)) return key;
    const entry = this.#entries[key] ?? '';
    return filled(entry, values) ?? String(this.#format(key, entry).format(values));
  }

  /** A day as people write it: `12 May 2029`. `iso` in UTC. */
  day(iso: string): string {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    // Making a format takes longer than a hundred uses of it.
    this.#days ??= new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeZone: 'UTC' });
    return this.#days.format(date);
  }

  /** `A, B and C`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(items);
  }

  /** BCP 47, for `Intl`. */
  get locale(): string {
    return this.language === 'en' ? 'en-GB' : this.language;
  }

  #format(key: string, entry: string): IntlMessageFormat {
    let format = this.#parsed.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(entry, this.locale, undefined, { ignoreTag: true });
      this.#parsed.set(key, format);
    }
    return format;
  }
}

/** A text with nothing or only names in braces, and no apostrophe that quotes (ICU: one before another or before a brace). */
const simple = /^(?:[^{}']|'(?!['{}])|\{\w+\})*$/;

/** Fills what is simple: making the first format loads the rules of numbers and plurals, which many commands never need. */
function filled(entry: string, values: Values): string | undefined {
  if (!simple.test(entry)) return undefined;
  const names = [...entry.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  // What is missing is the format's to tell.
  if (!names.every((name) => Object.hasOwn(values, name))) return undefined;
  return entry.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** The texts in `folder/<language>.json`, a flat object of strings. */
export function readTexts(folder: string, language: Language): Texts {
  return new Texts(language, readEntries(folder, language));
}

/** What stands in `folder/<language>.json`. */
export function readEntries(folder: string, language: Language): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Record<string, string>;
}

/** The host's own texts. */
export function hostTexts(language: Language): Texts {
  return readTexts(hostMessages, language);
}

export const hostMessages = join(hostFolder, 'messages');
