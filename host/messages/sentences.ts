import type { FailureCode, Language, Message } from '@sigill/core';
import { failureText, pinWords } from './failure-text.js';
import { Texts, type Values } from './texts.js';

/** A plugin's own texts, by language and key. */
export type OwnTexts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** A plugin's messages in its own words, with PINs by the names that the host has for them; a key that only the host knows is the code of a failure. */
export function sentences(messages: readonly Message[], own: OwnTexts | undefined, texts: Texts): readonly string[] {
  const { language } = texts;
  const words = new Texts(language, { ...own?.en, ...own?.[language] });
  return messages.map((message) => {
    const text =
      !words.has(message.key) && texts.has(message.key)
        ? failureText(texts, { code: message.key as FailureCode, facts: message.values ?? {} })
        : words.text(message.key, named(message, texts));
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  });
}

function named({ values = {} }: Message, texts: Texts): Values {
  const { pin } = values;
  return typeof pin === 'string' ? { ...values, pin: String(pinWords(texts, pin)['pinThe']) } : values;
}
