import type { Texts } from '../../messages/texts.js';

/** Keys that the page's script asks for itself. */
// prettier-ignore
const fixed = [
  'never', 'tries.label', 'steps.label', 'cancel', 'last.yes', 'check.digits', 'check.good', 'check.alike', 'check.differs',
  'advice.same', 'advice.date', 'advice.row', 'advice.repeated', 'keypad.show', 'keypad.hide', 'keypad.label', 'keypad.erase',
  'keypad.next', 'time.soon', 'time.keep', 'ended.cancelled', 'ended.withdrawn', 'ended.time', 'ended.reader', 'ended.lost',
  'sending', 'unsent',
] as const;

/** The words that every page has, by key. `patience` in milliseconds. */
export function pageWords(texts: Texts, patience: number): Readonly<Record<string, string>> {
  const own = Object.fromEntries(fixed.map((key) => [key, texts.text(key)]));
  return { ...own, time: texts.text('time', { minutes: Math.floor(patience / 60_000) }) };
}
