import { token } from '../token.js';

/** A certificate that chains may end at. */
export interface TrustAnchor {
  readonly der: Uint8Array;
  /** `system`: the computer's certificate store; `file`: what the person gave (PEM, DER); `card`: a CA certificate on a card that is in. */
  readonly source: 'system' | 'file' | 'card';
}

/** What certificates are judged by. Needs permission `documents`. */
export interface Trust {
  anchors(): Promise<readonly TrustAnchor[]>;
  /** The file that the person gave, as it is, when it is neither PEM nor DER: an EU trusted list (ETSI TS 119 612). At most 32 MiB. */
  list(): Promise<Uint8Array | undefined>;
}

export const Trust = token<Trust>('Trust');
