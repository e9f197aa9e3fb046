import type { Pin } from '@sigill/core';

/** Tries left as filled dots, tries gone as empty ones; nothing when the card does not tell. */
export function dots({ triesLeft, triesMax }: Pick<Pin, 'triesLeft' | 'triesMax'>): string {
  if (triesLeft === undefined) return '';
  const all = Math.max(triesLeft, triesMax ?? triesLeft);
  return '●'.repeat(triesLeft) + '○'.repeat(all - triesLeft);
}
