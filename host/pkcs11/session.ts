import type { Hash } from 'node:crypto';
import type { CardId } from '@sigill/core';
import type { HeldPin } from '../pin/held-pin.js';
import type { DecryptScheme } from '../pin/unpad.js';
import type { HashName } from '../pin/mask.js';
import type { SignatureScheme } from './signature-scheme.js';
import type { TokenObject } from './token-object.js';

/** What is signed or checked, as it comes in parts. */
export interface Gathering {
  readonly scheme: SignatureScheme;
  readonly object: TokenObject;
  /** Absent where the program gives what is to be signed as it is. */
  readonly hash?: Hash;
  /** Parts that are not hashed. */
  parts: Uint8Array;
}

/** A private key at work. */
export interface KeyOperation {
  readonly object: TokenObject;
  /** The PIN for this one use, for a key that wants it each time. */
  held?: HeldPin;
}

export interface Signing extends Gathering, KeyOperation {}

export interface Decrypting extends KeyOperation {
  readonly scheme: DecryptScheme;
  /** Deciphered already, for a caller that had too little room. */
  plain?: Uint8Array;
}

/** A program's session with a token (PKCS #11 v2.40 §2.6). */
export interface Session {
  readonly handle: number;
  readonly slot: number;
  /** The card that it was opened for: another in its place is another token. */
  readonly card: CardId;
  readonly writable: boolean;
  /** Handles that are still to be given by C_FindObjects. */
  found?: number[];
  signing?: Signing;
  verifying?: Gathering;
  decrypting?: Decrypting;
  digesting?: { readonly name: HashName; readonly hash: Hash };
}

/** Ends what goes on in a session. */
export function endOperations(session: Session): void {
  endSigning(session);
  endDecrypting(session);
  delete session.verifying;
  delete session.digesting;
  delete session.found;
}

export function endSigning(session: Session): void {
  session.signing?.held?.dispose();
  delete session.signing;
}

export function endDecrypting(session: Session): void {
  session.decrypting?.held?.dispose();
  session.decrypting?.plain?.fill(0);
  delete session.decrypting;
}
