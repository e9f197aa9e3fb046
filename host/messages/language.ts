import { Failure, type Language, languages } from '@sigill/core';

type Environment = Readonly<Record<string, string | undefined>>;

/** The person's language: what they ask for, else the locale of their session, else English. Fails with `usage` for a language that Sigill does not speak. */
export function chooseLanguage(wanted: string | undefined, environment: Environment): Language {
  if (wanted === undefined) return spoken(sessionLocale(environment)) ?? 'en';
  const language = spoken(wanted);
  if (language === undefined) throw new Failure('usage', { why: `--lang ${languages.join(' | ')}` });
  return language;
}

/** POSIX: the first of the three that is set and not empty decides. */
function sessionLocale(environment: Environment): string {
  return environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
}

/** `sv_FI.UTF-8`, `sv-SE` and `sv` are all Swedish. */
function spoken(locale: string): Language | undefined {
  const name = locale.toLowerCase().split(/[^a-z]/)[0];
  return languages.find((language) => language === name);
}
