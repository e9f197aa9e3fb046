import type { Message } from '@sigill/core';
import type { CertificateFacts } from '@sigill/core/cms';
import { chooseCipher, isOlder } from '../envelope/choose-cipher.js';
import type { CipherName } from '../envelope/content-cipher.js';
import { capabilitiesFor, type RecipientFile } from '../recipients.js';

/** A cipher for a mail, and what its sender should know of it. */
export interface ChosenCipher {
  readonly cipher: CipherName;
  readonly notes: readonly Message[];
}

/** The cipher that the person asked for, `cbc` or `gcm`, else the one that the recipients' programs open, as far as signed mails of theirs say. */
export function cipherFor(
  asked: string | undefined,
  recipients: readonly CertificateFacts[],
  files: readonly RecipientFile[],
): ChosenCipher {
  if (asked === 'cbc') return { cipher: 'AES-256-CBC', notes: [] };
  if (asked === 'gcm') return { cipher: 'AES-256-GCM', notes: [] };
  const lists = recipients.map((certificate) => capabilitiesFor(certificate, files));
  const { cipher, reason } = chooseCipher(lists);
  const older = isOlder(cipher);
  const telling = holdersOf(recipients.filter((_, at) => lists[at] !== undefined));
  const silent = recipients.filter((_, at) => lists[at] === undefined);
  return {
    cipher,
    notes: [
      ...(older && reason === 'known' ? [{ key: 'smime.note.older-cipher', values: { holders: telling } }] : []),
      ...(reason === 'apart' ? [{ key: 'smime.note.no-common-cipher', values: { holders: telling } }] : []),
      ...(!older && silent.length > 0
        ? [{ key: 'smime.note.newer-cipher', values: { holders: holdersOf(silent) } }]
        : []),
    ],
  };
}

/** Names of the holders for a sentence. */
export const holdersOf = (certificates: readonly CertificateFacts[]): string =>
  certificates
    .map(({ subject }) => subject.short)
    .join(', ')
    .slice(0, 500);
