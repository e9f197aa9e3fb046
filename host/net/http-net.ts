import { type Disposable, Failure, type Net, type NetRequest, type NetResponse } from '@sigill/core';
import type { Dispatcher, EnvHttpProxyAgent } from 'undici';
import { checkedUrl, redirected, shownUrl } from './net-url.js';

/** Milliseconds for a whole exchange. */
const longest = 30_000;
/** Bytes of an answer. */
export const largestAnswer = 32 * 1_048_576;
const mostRedirects = 3;
/** What alone is sent of the plugin's headers. */
const carried = ['content-type', 'accept'];

export interface HttpNetSettings {
  /** Gives up what is under way. */
  readonly signal: AbortSignal;
  /** Who asks, as servers are told. */
  readonly agent: string;
}

/** HTTP for plugins: through the proxy that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), without cookies, credentials or a cache. */
export class HttpNet implements Net, Disposable {
  readonly #settings: HttpNetSettings;
  #proxy: EnvHttpProxyAgent | undefined;

  constructor(settings: HttpNetSettings) {
    this.#settings = settings;
  }

  async request(asked: NetRequest): Promise<NetResponse> {
    const { timeout = longest } = asked;
    const time = Math.min(Math.max(timeout, 1), longest);
    const late = AbortSignal.timeout(time);
    const signal = AbortSignal.any([late, this.#settings.signal]);
    try {
      return await this.#follow(asked, checkedUrl(asked.url), signal);
    } catch (error) {
      if (this.#settings.signal.aborted) throw new Failure('cancelled', {}, error);
      if (late.aborted) throw new Failure('net-slow', { url: shownUrl(asked.url), seconds: Math.ceil(time / 1_000) });
      throw error instanceof Failure ? error : unreachable(asked.url, error);
    }
  }

  dispose(): void {
    void this.#proxy?.destroy().catch(() => {});
  }

  async #follow(asked: NetRequest, start: URL, signal: AbortSignal): Promise<NetResponse> {
    let url = start;
    let { method, body } = asked;
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#send(url, method, method === 'POST' ? body : undefined, asked.headers, signal);
      const next = redirected(url, answer.statusCode, answer.headers['location']);
      if (next === undefined) return await taken(url, answer);
      await answer.body.dump();
      if (hops === mostRedirects)
        throw new Failure('net-refused', { url: shownUrl(asked.url), why: `more than ${mostRedirects} redirections` });
      // RFC 9110 §15.4: 307 and 308 keep the method, 303 asks for another page; for 301 and 302 programs do as for 303.
      if (answer.statusCode < 307) method = 'GET';
      url = checkedUrl(next.href);
    }
  }

  async #send(
    url: URL,
    method: 'GET' | 'POST',
    body: Uint8Array | undefined,
    headers: NetRequest['headers'],
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    // Loaded for the first question: most commands ask nobody.
    const { EnvHttpProxyAgent: ProxyAgent, request } = await import('undici');
    this.#proxy ??= new ProxyAgent();
    const own = Object.entries(headers ?? {}).filter(([name]) => carried.includes(name.toLowerCase()));
    return await request(url, {
      dispatcher: this.#proxy,
      method,
      headers: { ...Object.fromEntries(own), 'user-agent': this.#settings.agent },
      ...(body === undefined ? {} : { body }),
      signal,
    });
  }
}

async function taken(url: URL, { statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<NetResponse> {
  const tooLarge = (): Failure => new Failure('net-too-large', { url: shownUrl(url.href), most: largestAnswer });
  const told = Number(headers['content-length'] ?? 0);
  if (told > largestAnswer) {
    body.destroy();
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > largestAnswer) {
      body.destroy();
      throw tooLarge();
    }
    chunks.push(bytes);
  }
  const type = headers['content-type'];
  const contentType = typeof type === 'string' ? type.slice(0, 200) : undefined;
  return { status, body: Buffer.concat(chunks), ...(contentType === undefined ? {} : { contentType }) };
}

function unreachable(url: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const why = code ?? (error instanceof Error ? error.message : String(error));
  return new Failure('net-unreachable', { url: shownUrl(url), why }, error);
}
