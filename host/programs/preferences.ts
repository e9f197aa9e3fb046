import type { MailIdentity } from '@sigill/core';

/** What a preference can hold. */
export type Preference = string | number | boolean;

/** One line of `prefs.js`. `value` is the JavaScript literal as it stands. */
interface PreferenceLine {
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

const line = /^user_pref\("((?:[^"\\]|\\.)*)",[ \t]*(.*)\);[ \t]*(?:\r?\n|$)/gm;

/** The literal of a preference; absent when the program's default counts. The last line with a name counts, as it does for the program. */
export function preferenceOf(text: string, name: string): string | undefined {
  return lines(text).findLast((one) => one.name === name)?.value;
}

/** As Mozilla writes a value. */
export function literal(value: Preference): string {
  return typeof value === 'string'
    ? `"${value.replace(/[\\"]/g, '\\$&').replace(/\r/g, '\\r').replace(/\n/g, '\\n')}"`
    : String(value);
}

/** `text` with the preference set to a literal, or without it; all other bytes stay. A new line stands at the end. */
export function withPreference(text: string, name: string, value: string | undefined): string {
  const found = lines(text).filter((one) => one.name === name);
  const last = found.at(-1);
  if (value === undefined) return found.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  const written = `user_pref("${name}", ${value});\n`;
  if (last !== undefined) return text.slice(0, last.from) + written + text.slice(last.to);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${written}`;
}

/** The senders of a Thunderbird profile (`mail.identity.idN.useremail`) that an account uses. */
export function identitiesIn(text: string): readonly MailIdentity[] {
  const values = new Map(lines(text).map(({ name, value }) => [name, value]));
  const used = [...values].flatMap(([name, value]) =>
    /^mail\.account\.[^.]+\.identities$/.test(name) ? read(value).split(',') : [],
  );
  return used.flatMap((word) => {
    const id = word.trim();
    const address = read(values.get(`mail.identity.${id}.useremail`) ?? '""');
    return address === '' ? [] : [{ id, address }];
  });
}

/** The text of a string literal; empty for anything else. Mozilla escapes no more than JSON does. */
function read(value: string): string {
  try {
    const found: unknown = JSON.parse(value);
    return typeof found === 'string' ? found : '';
  } catch {
    return '';
  }
}

function lines(text: string): readonly PreferenceLine[] {
  return [...text.matchAll(line)].map(({ 0: whole, 1: name = '', 2: value = '', index }) => ({
    name,
    value,
    from: index,
    to: index + whole.length,
  }));
}
