import type { FailureData } from '@sigill/core';
import type { PasswordForm } from './password-form.js';
import type { DistantForm } from './prompt.js';
import { keyLength, sealedLength } from './seal.js';

// What the host and a person at another process's prompt tell each other about a question. No digit goes this way:
// digits have frames of their own, under a seal.

/** What the host tells the prompt. */
export type HostWords = { readonly question: number } & (
  | {
      readonly kind: 'ask';
      readonly form: Omit<DistantForm, 'check'>;
      /** The host's key for this question (P-256, uncompressed, hex). */
      readonly key: string;
      /** The digits are to be typed on the reader's own keypad. */
      readonly onReader: boolean;
    }
  /** The password of a program's database is asked for: one value, or none when it is left as it is. */
  | { readonly kind: 'ask-password'; readonly form: PasswordForm; readonly key: string }
  /** The field that was sent last is in order, or not. */
  | { readonly kind: 'checked'; readonly found?: FailureData }
  /** It is answered, withdrawn, or done on the reader: nobody needs to be asked any more. */
  | { readonly kind: 'over' }
);

/** What the prompt tells the host. */
export type PersonWords = { readonly question: number } & (
  { readonly kind: 'answered'; readonly agreed: boolean } | { readonly kind: 'failed'; readonly failure: FailureData }
);

/** Bytes of a frame that carries a secret: the question (big-endian), the field's place in the form, a key and the sealed bytes. */
export const secretFrameLength = 5 + keyLength + sealedLength;

export const sealUse = 'sigill command line';

/** The head of a frame with a secret: which question, which field. */
export function secretFrameHead(question: number, field: number): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(question);
  head[4] = field;
  return head;
}
