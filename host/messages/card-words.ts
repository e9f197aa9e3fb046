import { type Card, type Certificate, inLanguage, type Pin, type Reader } from '@sigill/core';
import { failureText, pinWords } from './failure-text.js';
import type { Texts } from './texts.js';

/** How good what is told is for the person. */
export type Tone = 'good' | 'warning' | 'bad';

/** Words with their tone; none when they only inform. */
export interface Toned {
  readonly text: string;
  readonly tone?: Tone;
}

/** The card's own name for a PIN, with its id where the name does not tell it. */
export function pinName(pin: Pin, texts: Texts): string {
  const label = inLanguage(pin.label, texts.language);
  return label.includes(pin.id) ? label : `${label} (${pin.id})`;
}

/** What a person may still do with a PIN: `3 of 5 tries left`, `not set`, `locked`. */
export function pinState({ state, triesLeft: left, triesMax: max }: Pin, texts: Texts): Toned {
  if (state === 'not-set') return { text: texts.text('cards.not-set'), tone: 'warning' };
  if (state === 'locked') return { text: texts.text('cards.locked'), tone: 'bad' };
  return triesText(left, max, texts);
}

/** Tries of a code: left, and at most. The last two stand out. */
export function triesText(left: number | undefined, max: number | undefined, texts: Texts): Toned {
  if (left === undefined) return { text: texts.text('cards.tries-unknown') };
  if (max === undefined) return { text: texts.text('cards.tries-only', { left }) };
  const text = left === max ? texts.text('cards.tries-full', { max }) : texts.text('cards.tries', { left, max });
  return left <= 2 ? { text, tone: 'warning' } : { text };
}

/** From when or until when a certificate is valid. */
export function validity({ notBefore, notAfter }: Certificate, texts: Texts, now: Date): Toned {
  const from = new Date(notBefore) > now;
  const date = texts.day(from ? notBefore : notAfter);
  if (new Date(notAfter) < now) return { text: texts.text('cards.expired', { date }), tone: 'bad' };
  return from
    ? { text: texts.text('cards.valid-from', { date }), tone: 'warning' }
    : { text: texts.text('cards.valid-until', { date }) };
}

/** What to do now, in one or two sentences. */
export function nextStep({ state, card, failure, busy }: Reader, texts: Texts): readonly string[] {
  if (busy === true) return [texts.text('next.busy')];
  if (failure !== undefined) return [failureText(texts, failure)];
  const key = `next.${state}`;
  if (!texts.has(key)) return [];
  const noPuk = state === 'pin-locked' ? [texts.text('next.no-puk')] : [];
  return [texts.text(key, cardWords(card, texts)), ...noPuk];
}

function cardWords(card: Card | undefined, texts: Texts) {
  const missing = card?.activation?.missing ?? [];
  const locked = card?.pins.find((pin) => pin.state === 'locked');
  const pins = texts.list(missing.map((pin) => texts.text(`pin.${pin}`)));
  return { pins, ...pinWords(texts, locked?.id ?? 'PUK') };
}
