import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { hostMessages, readTexts, type Texts } from '../messages/texts.js';

/** Sentences of the loopback servers themselves. */
export function windowTexts(language: Language): Texts {
  return readTexts(join(hostMessages, 'window'), language);
}
