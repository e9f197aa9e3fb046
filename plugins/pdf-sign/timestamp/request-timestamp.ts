import { Failure, type Net, type NetResponse } from '@sigill/core';
import {
  type Ber,
  digestOf,
  each,
  firstOf,
  integer,
  integerHex,
  orUndefined,
  partsOf,
  smallInteger,
  textOf,
} from '@sigill/core/cms';
import { checkToken } from './check-token.js';
import { type Imprint, timestampRequest } from './timestamp-request.js';

/** The authority that is asked, and how long it may take. */
export interface TimestampAuthority {
  readonly url: string;
  /** Milliseconds; the host's 30,000 unless told. */
  readonly timeout?: number;
}

/** A token that was checked as it came. */
export interface Timestamp {
  /** DER ContentInfo, to stand in the CMS or in /Contents of a document timestamp. */
  readonly token: Uint8Array;
  /** Milliseconds since 1970, as the authority says. */
  readonly time: number;
  /** DER of the authority's certificate. */
  readonly certificate: Uint8Array;
}

/** Larger answers are none: tokens have 2 to 20 KiB. */
const largest = 1_048_576;

/**
 * Asks a time-stamp authority (RFC 3161 over HTTP, §3.4) and checks its answer. Over a signature the imprint is of its value, in a document
 * timestamp of the byte ranges. Fails with `tsa-refused`, `tsa-answer-invalid`, and as `Net.request` does.
 */
export async function requestTimestamp(net: Net, authority: TimestampAuthority, imprint: Imprint): Promise<Timestamp> {
  const { url, timeout } = authority;
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const response = await net.request({
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
    body: timestampRequest(imprint, nonce),
    ...(timeout !== undefined && { timeout }),
  });
  const token = tokenOf(url, response);
  const checked = await checkToken(token, async (algorithm) =>
    algorithm === imprint.digestAlgorithm ? imprint.digest : undefined,
  );
  if ('fault' in checked) throw invalid(url, checked.fault);
  if (checked.token.nonce !== integerHex(firstOf(integer(nonce)))) throw invalid(url, 'nonce');
  return { token, time: checked.token.time, certificate: checked.certificate.der };
}

/**
 * Asks for a token over nothing in particular, before a PIN is asked: shows that the authority answers, and how many bytes its tokens have,
 * so that /Contents is large enough. Fails as `requestTimestamp` does.
 */
export async function probeTimestamp(
  net: Net,
  authority: TimestampAuthority,
  digestAlgorithm: Imprint['digestAlgorithm'],
): Promise<number> {
  const digest = digestOf(digestAlgorithm, crypto.getRandomValues(new Uint8Array(32)));
  return (await requestTimestamp(net, authority, { digestAlgorithm, digest })).token.length;
}

// TimeStampResp (RFC 3161 §2.4.2): status 0 and 1 are granted.
function tokenOf(url: string, { status, body }: NetResponse): Uint8Array {
  if (status === 401 || status === 403) throw new Failure('tsa-refused', { url, why: `HTTP ${status}` });
  if (status !== 200) throw invalid(url, `HTTP ${status}`);
  if (body.length > largest) throw invalid(url, `${body.length} bytes`);
  const answer = orUndefined(() => {
    const parts = partsOf(firstOf(body));
    const info = partsOf(parts.next(0x30));
    const code = smallInteger(info.next());
    return { code, text: statusText(info.maybe(0x30)), token: parts.maybe(0x30)?.raw };
  });
  if (!answer) throw invalid(url, 'not a time-stamp response');
  if (answer.code > 1) throw new Failure('tsa-refused', { url, why: answer.text || `status ${answer.code}` });
  if (!answer.token) throw invalid(url, 'no token');
  return Uint8Array.from(answer.token);
}

function statusText(text: Ber | undefined): string {
  return text ? [...each(text.value)].map(textOf).join(' ').slice(0, 200) : '';
}

const invalid = (url: string, why: string): Failure => new Failure('tsa-answer-invalid', { url, why });
