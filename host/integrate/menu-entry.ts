import { join } from 'node:path';
import type { Language } from '@sigill/core';
import { hostMessages, readTexts } from '../messages/texts.js';
import type { MenuEntry } from './integrations.js';
import { menuWords } from './menu-file.js';

/** The entry of this program, started as it was started now: it shows the files that it gets in the window. */
export function menuEntry(language: Language): MenuEntry {
  const texts = (one: Language) => readTexts(join(hostMessages, 'integrate'), one);
  const program = { command: process.execPath, args: [process.argv[1] ?? 'sigill', 'pdf', 'window', '--'] };
  return { program, words: menuWords({ en: texts('en'), sv: texts('sv'), fi: texts('fi') }), language };
}
