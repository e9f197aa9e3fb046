/** Why a mail cannot be signed, encrypted, opened or checked; each has a sentence `smime.CODE` in the plugin's messages. */
export type MailTrouble =
  | 'header'
  | 'parts'
  | 'depth'
  | 'encoding'
  | 'too-large'
  | 'not-signed'
  | 'not-encrypted'
  | 'malformed'
  | 'no-recipient'
  | 'not-for-us'
  | 'wrong-key'
  | 'changed'
  | 'cipher-unknown'
  | 'key-unfit'
  | 'no-certificate-in'
  | 'no-certificate'
  | 'no-recipient-in';

/** A mail, a certificate or a key that is not what it should be. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly code: MailTrouble;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: MailTrouble, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** Bytes of a mail that are read at all; servers take less. */
export const largestMail = 33_554_432;
