import type { Language } from '@sigill/core';

/** Sentences that this plugin writes into documents, in a person's language. */
export type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

/** Reads the words of a language. */
export async function wordsIn(language: Language): Promise<Words> {
  // The same folder, from the sources and from what is built of them.
  const folder = import.meta.url.includes('/dist/') ? '../../messages' : '../messages';
  const place = new URL(`${folder}/${language}.json`, import.meta.url).href;
  const { default: texts } = (await import(place, { with: { type: 'json' } })) as {
    readonly default: Readonly<Record<string, string>>;
  };
  return (key, values = {}) => (texts[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
