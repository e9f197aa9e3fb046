import { Failure, languages } from '@sigill/core';
import type { HostDesk } from './host-desk.js';

/** Switches everything to another language, at once and for later. Fails with `setting-invalid`. */
export async function chooseLanguage({ needs }: HostDesk, wanted: string): Promise<void> {
  const language = languages.find((known) => known === wanted);
  if (language === undefined) throw new Failure('setting-invalid', { key: 'language', why: languages.join(', ') });
  await needs.settings.choose({ language });
}
