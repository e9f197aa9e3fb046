import { token } from '../token.js';

export interface NetRequest {
  /** `http:` or `https:`, as TSA, OCSP and CRL addresses are. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** `Content-Type` and `Accept` alone are carried. */
  readonly headers?: Readonly<Record<string, string>>;
  /** At most `mostBytes`. */
  readonly body?: Uint8Array;
  /** Milliseconds for the whole exchange, at most and unless told 30,000. */
  readonly timeout?: number;
}

export interface NetResponse {
  readonly status: number;
  readonly contentType?: string;
  /** At most 32 MiB. */
  readonly body: Uint8Array;
}

/**
 * HTTP requests, made by the host: through its proxy, with its time limits, without cookies or credentials. Needs permission `net`.
 * Fails with `net-refused`, `net-unreachable`, `net-slow`, `net-too-large`. An answer with any status is an answer.
 */
export interface Net {
  request(request: NetRequest): Promise<NetResponse>;
}

export const Net = token<Net>('Net');
