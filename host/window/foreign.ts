import type { IncomingMessage } from 'node:http';

/** Header fields that decide and therefore may stand only once (RFC 9112 §3.2 for Host). */
const single = new Set(['host', 'origin', 'cookie', 'content-length', 'content-type', 'sec-fetch-site']);

/**
 * Why a request does not come from the host's own page, or from the person's own browser window; `undefined` when it does.
 * `authority` is `127.0.0.1:port`. `entering` is true for a request with a launch token, which is let in by its token:
 * there the browser may say that a file or another page led to it.
 */
export function foreign(
  { method, headers, rawHeaders }: Pick<IncomingMessage, 'method' | 'headers' | 'rawHeaders'>,
  authority: string,
  entering: boolean,
): 'host' | 'origin' | 'site' | 'header' | undefined {
  if (repeats(rawHeaders)) return 'header';
  // A foreign name that resolves to this address shows here (DNS rebinding); so does `localhost`, which is another origin.
  if (headers.host !== authority) return 'host';
  const { origin } = headers;
  if (origin === undefined ? method !== 'GET' : origin !== `http://${authority}`) return 'origin';
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return undefined;
  if (method !== 'GET') return 'site';
  if (site === 'none') return undefined;
  return entering && headers['sec-fetch-mode'] === 'navigate' ? undefined : 'site';
}

function repeats(rawHeaders: readonly string[]): boolean {
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const deciding = names.filter((name) => single.has(name));
  return new Set(deciding).size !== deciding.length;
}
