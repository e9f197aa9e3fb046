import { Failure, type Net } from '@sigill/core';

/** Requests as the host makes them, with limits that a test can reach: `most` bytes of an answer, `timeout` milliseconds. */
export function testNet({ most = 33_554_432, timeout = 30_000 } = {}): Net {
  return {
    async request({ url, method, headers, body, timeout: asked = timeout }) {
      try {
        const response = await fetch(url, {
          method,
          ...(headers && { headers }),
          ...(body && { body: Uint8Array.from(body) }),
          signal: AbortSignal.timeout(Math.min(asked, timeout)),
        });
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response.body ?? []) {
          size += chunk.length;
          if (size > most) throw new Failure('net-too-large', { url, most });
          chunks.push(chunk);
        }
        const contentType = response.headers.get('content-type') ?? undefined;
        return { status: response.status, body: Buffer.concat(chunks), ...(contentType && { contentType }) };
      } catch (error) {
        if (error instanceof Failure) throw error;
        if ((error as Error).name === 'TimeoutError') throw new Failure('net-slow', { url, seconds: timeout / 1000 });
        throw new Failure('net-unreachable', { url, why: (error as Error).message });
      }
    },
  };
}

/** A net that is not there. */
export const noNet: Net = {
  request: ({ url }) => Promise.reject(new Failure('net-unreachable', { url, why: 'no network' })),
};
