import type { Language } from '@sigill/core';

const day = 86_400_000;
const formats = new Map<Language, Intl.RelativeTimeFormat>();

/** `in 2 years`, `3 months ago`: years from two on, months from two on, else days. */
export function timeFromNow(iso: string, now: Date, language: Language): string {
  const days = Math.trunc((Date.parse(iso) - now.getTime()) / day);
  let format = formats.get(language);
  if (format === undefined)
    formats.set(language, (format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })));
  const size = Math.abs(days);
  if (size >= 730) return format.format(Math.trunc(days / 365.25), 'year');
  if (size >= 61) return format.format(Math.trunc(days / 30.44), 'month');
  return format.format(days, 'day');
}
