import { Failure } from '@sigill/core';

/** An address that may be asked. Fails with `net-refused`: only `http:` and `https:`, and no name or password in it. */
export function checkedUrl(text: string): URL {
  const refuse = (why: string): Failure => new Failure('net-refused', { url: shownUrl(text), why });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuse('it is no address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('it is neither http nor https');
  if (url.username !== '' || url.password !== '') throw refuse('there is a name or a password in it');
  return url;
}

/** Where an answer leads to; nothing when it is an answer. */
export function redirected(from: URL, status: number, location: string | string[] | undefined): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  // What was to be private stays so.
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    throw new Failure('net-refused', { url: shownUrl(from.href), why: 'it leads from https to http' });
  return to;
}

/** An address as it may be shown and logged: without name, password and query, which can hold a key. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text.slice(0, 100);
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`.slice(0, 300);
}
