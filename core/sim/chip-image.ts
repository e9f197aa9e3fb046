import type { Protocol } from '../card/pcsc.js';
import type { PinFormat } from '../card/profile.js';
import type { CardKey } from './card-key.js';
import type { Mechanisms } from './mechanism.js';

/** A file with bytes. */
export interface ElementaryFile {
  readonly kind: 'ef';
  readonly id: number;
  readonly content: Uint8Array;
}

/** A directory. The same file may stand in two of them. */
export interface Directory {
  readonly kind: 'df';
  readonly id: number;
  /** DF name (AID) for selection by name. */
  readonly name?: Uint8Array;
  readonly children: readonly CardFile[];
  /** Path selection says 9000 and stays outside (organisation cards' 5016, cards.md §1.9). */
  readonly enteredByNameOnly?: boolean;
}

export type CardFile = ElementaryFile | Directory;

/** A PIN or PUK as the chip is made; its value and tries are `PinState`. */
export interface ChipPin {
  readonly reference: number;
  readonly role: 'pin' | 'puk';
  /** Known only inside the application. */
  readonly local: boolean;
  /** Digits that the chip itself accepts; people's rules are stricter. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly triesMax: number;
  /** Reference of the PUK that sets it anew. */
  readonly puk?: number;
}

/** What a PIN holds now. `set: false` is a PIN that was never given a value: it answers 6984. */
export interface PinState {
  readonly digits: string;
  readonly triesLeft: number;
  readonly set: boolean;
  /** Changed since manufacture (DF2F). */
  readonly changed: boolean;
}

/** A private key and who may use it. */
export interface ChipKey {
  /** Value of tag 84, or of tag 81 (a file id), in MANAGE SECURITY ENVIRONMENT. */
  readonly reference: number;
  readonly pin: number;
  readonly key: CardKey;
  /** The PIN's verified state ends with each use. */
  readonly consent: boolean;
  /** File id of the directory that must be current. */
  readonly directory?: number;
  /** False for a key that only signs. */
  readonly decrypts: boolean;
}

/** How a family of cards differs from ISO 7816 and from its neighbours; all facts in cards.md §1 and §2. */
export interface Dialect {
  readonly protocols: readonly Protocol[];
  /** `length`: `62 04 81 02 nnnn` for a file, and nothing more; `full`: 6F with 80, 82, 83, 84, 8A. */
  readonly fileControl: 'length' | 'full';
  /** READ BINARY gives at most so many bytes. */
  readonly readSize: number;
  readonly pin: PinFormat;
  readonly unblock: 'puk-and-new' | 'verify-puk-first';
  /** GET DATA 00 CB 00 FF tells PIN attributes. */
  readonly pinAttributes: boolean;
  /** Selecting the application by name drops what was verified. */
  readonly dropOnSelect: boolean;
  /** 00 2E 00 00 drops what was verified. */
  readonly logout: boolean;
  /** CHANGE with an equal new value answers 6985. */
  readonly refuseSame: boolean;
  readonly keyTag: 0x84 | 0x81;
  readonly input: 'loaded' | 'inline';
  readonly ecdsa: 'compact' | 'der';
  readonly mechanisms: Mechanisms;
  /** How an EC key that deciphers makes a shared secret; absent for cards that do not. */
  readonly agreement?: 'pso-decipher' | 'general-authenticate';
  /** GET DATA (CA) objects: `CLA P1 P2` in hex → value. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/** A whole chip as made at the factory and by the issuer. */
export interface ChipImage {
  readonly atr: Uint8Array;
  readonly dialect: Dialect;
  readonly root: Directory;
  /** Id of the directory that is the PKCS#15 application. */
  readonly application: number;
  readonly pins: readonly ChipPin[];
  readonly keys: readonly ChipKey[];
}
