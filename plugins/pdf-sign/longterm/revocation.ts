import type { CertificateFacts } from '@sigill/core/cms';

/** A revocation answer that was checked: signed by who may say it, about this certificate. Times in milliseconds since 1970. */
export interface Evidence {
  readonly kind: 'ocsp' | 'crl';
  readonly der: Uint8Array;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: number;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly producedAt: number;
  /** Who signed an OCSP response when it was not the issuer. */
  readonly responder?: CertificateFacts;
}

/** Why an answer says nothing about a certificate. */
export interface EvidenceFault {
  readonly fault: 'no-answer' | 'other-certificate' | 'responder' | 'signature' | 'weak' | 'scope';
}

/** Clocks of services and computers differ. */
const tolerance = 300_000;

/**
 * True when an answer tells the state at time `at`: it was made after it, or before it and still current (RFC 5280 §6.3.3, RFC 6960 §4.2.2.1).
 * Without a next update an OCSP answer is current for a day.
 */
export function coversTime({ thisUpdate, nextUpdate = thisUpdate + 86_400_000 }: Evidence, at: number): boolean {
  return thisUpdate - tolerance > at || (thisUpdate - tolerance <= at && nextUpdate + tolerance >= at);
}

/**
 * Of several answers the one that counts at `at`: of those that cover it the newest that does not say unknown. `good` from after the
 * certificate's end says nothing: authorities forget expired certificates.
 */
export function decisive(
  answers: readonly Evidence[],
  at: number,
  { notAfter }: CertificateFacts,
): Evidence | undefined {
  return answers
    .filter((answer) => answer.status !== 'unknown' && coversTime(answer, at))
    .filter((answer) => answer.status === 'revoked' || answer.thisUpdate <= notAfter + tolerance)
    .toSorted((one, other) => other.thisUpdate - one.thisUpdate)[0];
}
