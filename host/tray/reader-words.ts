import { type Card, inLanguage, type Reader } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { labelText } from './label-text.js';
import { expiring } from './status-icon.js';

/** What state a reader is in, in words. */
export function stateText(reader: Reader, texts: Texts, now: Date): string {
  if (reader.busy === true) return texts.text('tray.state.busy');
  const ending = expiring(reader, now);
  if (ending !== undefined) return texts.text('tray.state.expiring', { date: texts.day(ending.notAfter) });
  return texts.text(`tray.state.${reader.state}`);
}

/** A card's kind and holder. */
export function cardText({ label, holder }: Card, texts: Texts): string {
  const card = labelText(inLanguage(label, texts.language));
  return texts.text('tray.card', { card, holder: holder === undefined ? 'none' : labelText(holder) });
}
