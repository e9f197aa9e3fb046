import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '@sigill/core';
import { IntlMessageFormat } from 'intl-messageformat';

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
    const format = this.#format(key);
    return format === undefined ? key : String(format.format(values));
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

  #format(key: string): IntlMessageFormat | undefined {
    let format = this.#parsed.get(key);
    if (format === undefined && this.has(key)) {
      format = new IntlMessageFormat(this.#entries[key] ?? '', this.locale, undefined, { ignoreTag: true });
      this.#parsed.set(key, format);
    }
    return format;
  }
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

/** `host/messages`, from `host/dist/messages` or from the sources. */
export const hostMessages = fileURLToPath(
  new URL(import.meta.url.includes('/dist/messages/') ? '../../messages' : '.', import.meta.url),
);
