import type { SignatureAlgorithm } from '../api/signing.js';
import type { KeyUsage, PinId, PinRole, PublicKey } from '../api/cards.js';
import type { LocalText } from '../api/text.js';

/** How PIN digits become bytes of a command. */
export interface PinFormat {
  /** Bytes of the block; absent when the digits go as typed. */
  readonly blockLength?: number;
  /** Byte that fills the block up. */
  readonly pad?: number;
  /** `bcd` packs two digits into a byte; absent for ASCII. */
  readonly encoding?: 'ascii' | 'bcd';
}

/** How a PIN's counter is read without spending a try. */
export type PinProbe =
  /** `00 20 00 ref` without body (ISO 7816-4 §11.6.6). */
  | 'empty-verify'
  /** `00 CB 00 FF` with the FINEID attribute template (S1 v4.2 §3.15). */
  | 'get-data';

export interface ProfilePin {
  readonly id: PinId;
  readonly role: PinRole;
  readonly label: LocalText;
  /** P2 of VERIFY. */
  readonly reference: number;
  /** Digits that people may choose (product.md §2). */
  readonly minLength: number;
  readonly maxLength: number;
  /** Unknown for a card that is known by its own directories alone. */
  readonly triesMax?: number;
  readonly format: PinFormat;
  readonly probe: PinProbe;
  /** How this very card is activated; `readCard` fills it in, no file does. */
  readonly scheme?: 'A' | 'B' | 'C';
}

export interface ProfileCertificate {
  /** Hex; the iD shared with the key. */
  readonly id: string;
  readonly label: LocalText;
  /** Alternatives, tried in order: hex file ids below the application, e.g. `50164332`; from the root when they begin with `3F00`; `df:452E5349474E/4332` selects a DF by name first. */
  readonly paths: readonly string[];
  /** The certificate stands in a part of the file: first byte and length. Absent for the whole file. */
  readonly index?: number;
  readonly length?: number;
  /** Absent for a CA certificate. */
  readonly key?: string;
}

export interface ProfileKey {
  readonly id: string;
  readonly pin: PinId;
  /** How MANAGE SECURITY ENVIRONMENT names it: tag 84 (key reference) or 81 (file id), value in hex. */
  readonly tag: '84' | '81';
  readonly reference: string;
  /** DF to be selected by name before use, hex (organisation cards). */
  readonly directory?: string;
  readonly usage: readonly KeyUsage[];
  /** True when the PIN must be presented before each use. */
  readonly userConsent: boolean;
  /** Kind and bits, from the key's certificate; `readCard` fills them in, no file does. */
  readonly algorithm?: PublicKey['algorithm'];
  readonly size?: number;
}

/** How the card signs. */
export interface ProfileSigning {
  /** `pso-hash`: the digest is loaded by PSO:HASH; `inline`: it goes in PSO:CDS; `digest-info`: as inline, with DigestInfo for RSA PKCS#1. */
  readonly input: 'pso-hash' | 'inline' | 'digest-info';
  /** Algorithm byte of MSE for each algorithm that the card offers, hex. */
  readonly algorithms: Readonly<Partial<Record<SignatureAlgorithm, string>>>;
  /** What an EC signature comes back as; `either` when the card's directories do not tell. */
  readonly ecdsa: 'raw' | 'der' | 'either';
  /** True when a digest shorter than the curve's order is filled with zeros on the left. */
  readonly fillDigest: boolean;
  /** Algorithm byte (hex) for RSA over bytes as long as the modulus that the host has padded; absent where the card always pads. */
  readonly raw?: string;
  /** How keys that the card's directories name are chosen, when they have both a reference (84) and a file (81); absent: by reference. */
  readonly keyTag?: '84' | '81';
}

/** What a card can take the padding off. */
export type DecipherAlgorithm = 'RSA-PKCS1' | 'RSA-RAW' | `RSA-OAEP-SHA${1 | 224 | 256 | 384 | 512}`;

/** How the card deciphers with RSA (PSO:DECIPHER, ISO/IEC 7816-8 §11.6). */
export interface ProfileDeciphering {
  /** Algorithm byte of MSE (template B8) for each, hex. */
  readonly algorithms: Readonly<Partial<Record<DecipherAlgorithm, string>>>;
  /** Padding indicator before the cryptogram. */
  readonly indicator: '00' | '81';
}

export interface ProfileActivation {
  readonly scheme: 'A' | 'B' | 'C';
  /** Applies to cards whose first certificate was issued in this span (ISO 8601, from inclusive, until exclusive). */
  readonly issuedFrom?: string;
  readonly issuedUntil?: string;
  readonly codeMinLength: number;
  readonly codeMaxLength: number;
}

/** What is different on cards of the same kind whose first certificate names a certain issuer. */
export interface ProfileVariant {
  /** Parts of the issuer's name, compared without regard to case; one is enough. */
  readonly issuer: readonly string[];
  readonly label?: LocalText;
  readonly pins: readonly { readonly id: PinId; readonly minLength: number; readonly maxLength: number }[];
}

/**
 * A kind of card as data: what a JSON file in a plugin says. See `profile-schema.ts`.
 * Where `pins`, `certificates` or `keys` is empty, the card's own directories (ISO/IEC 7816-15) are asked.
 */
export interface CardProfile {
  /** The family that people and `card:<profile>` see; files for its generations share it. */
  readonly id: string;
  readonly label: LocalText;
  /** Historical bytes in hex; `mask` has one bit for each bit that must match. */
  readonly match: readonly { readonly historicalBytes: string; readonly mask?: string; readonly version: string }[];
  /** Hex; selected by name before anything else. */
  readonly application: string;
  /** The empty VERIFY that tells look-alikes apart: `reference` must be known (or unknown) to the card. */
  readonly confirm?: { readonly reference: number; readonly known: boolean };
  readonly pins: readonly ProfilePin[];
  readonly puk?: ProfilePin;
  /** How RESET RETRY COUNTER gets the PUK: in one command, or by VERIFY of the PUK first. */
  readonly unblock: 'puk-and-new' | 'verify-puk-first' | 'none';
  readonly certificates: readonly ProfileCertificate[];
  readonly keys: readonly ProfileKey[];
  readonly caCertificates: readonly ProfileCertificate[];
  readonly signing: ProfileSigning;
  readonly deciphering?: ProfileDeciphering;
  /** How the card makes a shared secret from a point (ECDH), by PSO:DECIPHER or GENERAL AUTHENTICATE; absent when it does not. */
  readonly agreement?: 'pso-decipher' | 'general-authenticate';
  readonly activation: readonly ProfileActivation[];
  /** The first that fits applies. */
  readonly variants?: readonly ProfileVariant[];
  /** How the verified state is dropped: select the application again, a LOGOUT-like command in hex, or a reset. */
  readonly drop: 'select-application' | 'reset' | `command:${string}`;
  /** How 5032 tells the printed number. */
  readonly serial?: 'tail-9' | 'whole';
}
