/** The languages of Sigill. */
export type Language = 'sv' | 'fi' | 'en';

/** All languages, the fallback first. */
export const languages = ['en', 'sv', 'fi'] as const satisfies readonly Language[];

/** Text for a person: one string for all languages (a card's own label), or one for each. */
export type LocalText = string | Readonly<Record<Language, string>>;

/** `text` in `language`. */
export function inLanguage(text: LocalText, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

/** A sentence named by its key in `messages/`, with the values for its ICU placeholders. */
export interface Message {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}
