import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { hostMessages, Texts } from '../messages/texts.js';

/** The texts of the tray together with the host's own, which name the PINs. */
export function trayTexts(language: Language): Texts {
  return new Texts(language, { ...entries(hostMessages, language), ...entries(join(hostMessages, 'tray'), language) });
}

function entries(folder: string, language: Language): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Record<string, string>;
}
