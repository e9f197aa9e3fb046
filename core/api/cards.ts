import type { Observable } from 'rxjs';
import type { FailureData } from '../failure.js';
import { token } from '../token.js';
import type { LocalText } from './text.js';

/** What a person is told about a reader; the tray's icon follows it. */
export type ReaderStatus =
  | 'empty'
  | 'reading'
  | 'ready'
  | 'not-activated'
  | 'half-activated'
  | 'pin-locked'
  | 'puk-locked'
  | 'no-certificate'
  | 'unrecognised'
  | 'error';

/** The id of a PIN on a card: a closed list, so that no call can carry a value in its place. */
export type PinId = 'PIN1' | 'PIN2' | 'PIN3' | 'PIN4' | 'PUK';

export type PinStatus = 'ok' | 'not-set' | 'locked';

/** What a PIN is for: `basic` identifies, `signature` signs, `organisation` is the issuer's third. */
export type PinRole = 'basic' | 'signature' | 'organisation' | 'puk';

/** A PIN's public state, read without spending a try. */
export interface Pin {
  readonly id: PinId;
  readonly role: PinRole;
  readonly label: LocalText;
  readonly state: PinStatus;
  /** Unknown when the card tells no counter. */
  readonly triesLeft?: number;
  readonly triesMax?: number;
  /** Digits that a new value may have on this card. */
  readonly minLength: number;
  readonly maxLength: number;
}

/** RFC 5280 §4.2.1.3 names. */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export interface PublicKey {
  readonly algorithm: 'RSA' | 'EC' | 'other';
  /** Bits of the modulus or of the curve. */
  readonly size: number;
  /** `P-256`, `P-384`, `P-521` for EC. */
  readonly curve?: string;
}

/** A certificate on a card, decoded (RFC 5280). */
export interface Certificate {
  /** The card's own id of the object, in hex (ISO 7816-15 iD), shared with its key. */
  readonly id: string;
  readonly label: LocalText;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  /** Hex, without leading zeros cut. */
  readonly serialNumber: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly usage: readonly KeyUsage[];
  readonly email: readonly string[];
  /** Hex of SHA-256 over the DER. */
  readonly sha256: string;
  /**
   * `pin` is the PIN that its private key asks for; absent for a certificate without a key on the card. `eachTime` when the card wants it
   * anew for each signature. `decrypts` when the card opens with it what was encrypted for the certificate: not every card does that whose
   * certificate is meant for it.
   */
  readonly key: PublicKey & { readonly pin?: PinId; readonly eachTime?: true; readonly decrypts?: true };
}

/** A private key on a card. */
export interface Key {
  /** As the certificate's id. */
  readonly id: string;
  readonly label: LocalText;
  readonly pin?: PinId;
  readonly algorithm: PublicKey['algorithm'];
  readonly size: number;
  readonly usage: readonly ('sign' | 'decrypt' | 'derive')[];
}

/** How a card that is new is taken into use (cards.md §1.10 for FINEID). */
export interface Activation {
  /** `A`: blocked PINs, PUK sets each; `B`: one single-use PIN, changed; `C`: PUK verified, then each set. */
  readonly scheme: 'A' | 'B' | 'C';
  /** Digits of the code in the letter. */
  readonly codeMinLength: number;
  readonly codeMaxLength: number;
  /** PINs that are not set, in the order they are asked. */
  readonly missing: readonly PinId[];
  /** Tries left of the code, read without spending one; unknown when the card does not tell. */
  readonly codeTriesLeft?: number;
  readonly codeTriesMax?: number;
}

/** Names one card for as long as it stays in the reader; another insertion gets another id. */
export type CardId = string & { readonly __card?: never };

/** A card in a reader: public facts only. */
export interface Card {
  readonly id: CardId;
  readonly reader: string;
  /** The id of the profile that recognised it; `iso7816-15` for the card's own directories. */
  readonly profile: string;
  readonly label: LocalText;
  /** The card's own number as printed, when known. */
  readonly serial?: string;
  /** Common name of the holder, from the first certificate. */
  readonly holder?: string;
  /** Answer to reset, hex. */
  readonly atr: string;
  readonly pins: readonly Pin[];
  readonly puk?: Pin;
  readonly certificates: readonly Certificate[];
  readonly activation?: Activation;
  /** What was skipped while reading, in the reader's terms, for *Details*. */
  readonly notes: readonly string[];
}

/** What is read only when asked for. */
export interface CardDetails {
  readonly caCertificates: readonly Certificate[];
  readonly keys: readonly Key[];
  readonly serial?: string;
  readonly label?: string;
  readonly notes: readonly string[];
}

/** A reader as it is now. */
export interface Reader {
  readonly name: string;
  readonly state: ReaderStatus;
  readonly card?: Card;
  /** Why, when `state` is `error` or `unrecognised`. */
  readonly failure?: FailureData;
  /** The service or driver answered that another program has the card. */
  readonly busy?: boolean;
}

export type CardEvent =
  | { readonly kind: 'reader-arrived'; readonly reader: string }
  | { readonly kind: 'reader-left'; readonly reader: string }
  | { readonly kind: 'card-inserted'; readonly reader: string }
  | { readonly kind: 'card-removed'; readonly reader: string }
  | { readonly kind: 'state-changed'; readonly reader: string; readonly state: ReaderStatus };

/** Readers and the cards in them. Needs permission `cards`. */
export interface Cards {
  /** What is: the readers now, then at every change. Never errors. */
  readonly readers: Observable<readonly Reader[]>;
  /** What happens, without replay. Never errors. */
  readonly events: Observable<CardEvent>;
  /** Reads CA certificates, keys and directory labels of a card. Fails with `card-removed`. */
  details(card: CardId): Promise<CardDetails>;
  /** The DER of a certificate or CA certificate of a card, from memory where it has been read. Fails with `certificate-unknown`, `card-removed`. */
  certificate(card: CardId, id: string): Promise<Uint8Array>;
}

export const Cards = token<Cards>('Cards');
