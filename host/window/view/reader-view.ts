import type { ActionView, FactView } from './action-view.js';
import type { StatusIcon } from './status-icon.js';

export interface ReaderView {
  readonly name: string;
  readonly icon: StatusIcon;
  /** `the card is ready`. */
  readonly state: string;
  /** What to do next, in sentences. */
  readonly advice: readonly string[];
  readonly actions: readonly ActionView[];
  readonly card?: CardView;
  /** While the card is not activated in whole. */
  readonly activationCode?: ActivationCodeView;
  /** For a card that was not recognised: a report without secrets, to be copied. */
  readonly report?: string;
}

/** The code of the letter, with which a card is taken into use: its tries, in words and, where the card tells them, in numbers. */
export interface ActivationCodeView {
  readonly tries: string;
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** For the last tries: what is lost with them. */
  readonly warning?: string;
}

export interface CardView {
  readonly id: string;
  readonly title: string;
  readonly holder?: string;
  readonly serial?: string;
  readonly pins: readonly PinView[];
  readonly certificates: readonly CertificateView[];
  /** Absent until asked for (`host.details`). */
  readonly caCertificates?: readonly CertificateView[];
  readonly keys?: readonly KeyView[];
  readonly details: readonly FactView[];
  readonly notes: readonly string[];
}

export interface PinView {
  readonly id: string;
  readonly label: string;
  readonly state: 'ok' | 'not-set' | 'locked';
  /** `3 of 5 tries left`. */
  readonly tries: string;
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** `4–8 digits`: what this card allows for a new one. */
  readonly lengths?: string;
  /** The first is the one to offer first (unlock for a locked one). */
  readonly actions: readonly ActionView[];
}

export interface CertificateView {
  readonly id: string;
  readonly label: string;
  /** `valid until 12 May 2029 (in 2 years)`. */
  readonly validity: string;
  readonly tone: 'good' | 'warning' | 'bad';
  readonly ca: boolean;
  /** First level: holder, issuer, validity, e-mail, usage. */
  readonly facts: readonly FactView[];
  /** Behind *Details*: serial number, algorithm, SHA-256, RFC 4514 names. */
  readonly details: readonly FactView[];
  /** Saving as PEM and DER are links of the page; testing its key is an action. */
  readonly actions: readonly ActionView[];
}

export interface KeyView {
  readonly id: string;
  readonly label: string;
  readonly facts: readonly FactView[];
  readonly actions: readonly ActionView[];
}
