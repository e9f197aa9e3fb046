import { mailOids } from '../mail-oids.js';
import type { CipherName } from './content-cipher.js';

/** What can be said of the programs that a mail is encrypted for. */
export interface CipherChoice {
  readonly cipher: CipherName;
  /** `known`: every program that said anything opens this cipher; `apart`: they have none in common, so this is the one that old programs know. */
  readonly reason: 'known' | 'apart' | 'unknown';
}

const ciphers: Readonly<Record<string, CipherName>> = {
  [mailOids.aes256gcm]: 'AES-256-GCM',
  [mailOids.aes256cbc]: 'AES-256-CBC',
  [mailOids.aes128gcm]: 'AES-128-GCM',
  [mailOids.aes128cbc]: 'AES-128-CBC',
};

/**
 * Chooses the cipher for recipients whose programs said what they open (RFC 8551 §2.7.1): the first of a program's list that we write and that
 * every other list holds too. Without any list AES-256-GCM, as S/MIME 4.0 has it (§2.7.1.2). Lists with nothing in common would take a mail for
 * each (§2.7.3); AES-128-CBC is in every version since 3.1.
 */
export function chooseCipher(lists: readonly (readonly string[] | undefined)[]): CipherChoice {
  const known = lists.filter((list) => list !== undefined);
  const [first, ...others] = known;
  if (first === undefined) return { cipher: 'AES-256-GCM', reason: 'unknown' };
  const common = first.find((id) => Object.hasOwn(ciphers, id) && others.every((list) => list.includes(id)));
  const cipher = common === undefined ? undefined : ciphers[common];
  return cipher ? { cipher, reason: 'known' } : { cipher: 'AES-128-CBC', reason: 'apart' };
}

/** True for ciphers that do not show whether somebody changed the mail on its way. */
export const isOlder = (cipher: CipherName): boolean => cipher.endsWith('CBC');
