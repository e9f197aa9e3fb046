import type { Secret } from './secret.js';

/** What a person is told when the password of a program's database is asked for. It is no code of a card: no tries, any characters. */
export interface PasswordForm {
  /** Who asks, as the person is told. */
  readonly requester: string;
  /** The program and its profile: `Firefox (default-esr)`. */
  readonly program: string;
  /** Where the profile is, `~` for the person's folder. */
  readonly folder: string;
  /** The last one that was given was not right. */
  readonly isWrong: boolean;
}

/** Bytes that a password may have: what fits under a seal, with a byte for the yes and one for the length. */
export const longestPassword = 254;

/** Where passwords of databases come from. */
export interface PasswordPrompt {
  /**
   * Asks; the caller wipes the answer. `undefined` when the person leaves this database as it is. Fails with `cancelled` when nothing is to be done at all,
   * also soon after `signal` aborts.
   */
  askPassword(form: PasswordForm, signal: AbortSignal): Promise<Secret | undefined>;
}
