import { token } from '../token.js';

/** A certificate that chains may end at. */
export interface TrustAnchor {
  readonly der: Uint8Array;
  /** `system`: the computer's certificate store; `file`: what the person gave (EU trusted list, PEM); `card`: a CA certificate on a card that is in. */
  readonly source: 'system' | 'file' | 'card';
}

/** What certificates are judged by. Needs permission `documents`. */
export interface Trust {
  anchors(): Promise<readonly TrustAnchor[]>;
}

export const Trust = token<Trust>('Trust');
