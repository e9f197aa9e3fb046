import { join } from 'node:path';
import { Failure, type Language, languages } from '@sigill/core';
import { cleanText } from './clean-text.js';
import { mapOf, Mismatch, text } from './shape.js';
import { readSmallFile } from './small-file.js';

/** A plugin's sentences (ICU MessageFormat) by language and key. */
export type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** Bytes of one language. */
const largest = 1_000_000;

const sentences = mapOf(text(2_000), 1_000);

/** Reads `messages/{en,sv,fi}.json`; a language that is absent has no sentences. Fails with `manifest-invalid`. */
export async function readTexts(folder: string): Promise<Texts> {
  const read = await Promise.all(
    languages.map((language) => readLanguage(join(folder, 'messages', `${language}.json`))),
  );
  return Object.fromEntries(languages.map((language, index) => [language, read[index]])) as Texts;
}

async function readLanguage(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    const source = await readSmallFile(path, largest);
    const found = source === undefined ? {} : sentences(JSON.parse(source), '');
    return Object.fromEntries(Object.entries(found).map(([key, sentence]) => [key, cleanText(sentence)]));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Mismatch) {
      throw new Failure('manifest-invalid', { path, why: error.message }, error);
    }
    throw error;
  }
}
