import type { Net } from '@sigill/core';
import { digestOf } from '@sigill/core/cms';
import { requestTimestamp, type Timestamp } from '../timestamp/request-timestamp.js';

/** A time-stamp authority that has answered once. */
export interface TimeStamper {
  readonly url: string;
  /** Bytes of its tokens, as of the first one. */
  readonly size: number;
  /** DER. */
  readonly certificate: Uint8Array;
  /** Token of the trial: it brings the authority's chain along. */
  readonly token: Uint8Array;
  /** A token over a digest by SHA-256. */
  stamp(digest: Uint8Array): Promise<Timestamp>;
}

/**
 * Asks an authority for a token over nothing in particular, so that one that does not answer is known before a PIN is asked for, and the size of
 * its tokens too. Fails as `requestTimestamp` does.
 */
export async function openTimeStamper(net: Net, url: string): Promise<TimeStamper> {
  const stamp = (digest: Uint8Array) => requestTimestamp(net, { url }, { digestAlgorithm: 'SHA-256', digest });
  const { token, certificate } = await stamp(digestOf('SHA-256', crypto.getRandomValues(new Uint8Array(32))));
  return { url, size: token.length, certificate, token, stamp };
}
