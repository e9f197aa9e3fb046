import { toHex } from '../card/bytes.js';

/** One exchange with a card, as it may be shown. */
export interface LoggedApdu {
  /** 1 for the card's first command. */
  readonly number: number;
  /** Hex; the body of a PIN command is `(secret)`, its length too. */
  readonly command: string;
  /** Hex; absent when no answer came. */
  readonly response?: string;
}

/** VERIFY (also with data objects), CHANGE REFERENCE DATA (both forms), RESET RETRY COUNTER. */
const pinInstructions: readonly number[] = [0x20, 0x21, 0x24, 0x25, 0x2c];

/** The hex of a command, without what could be a PIN: chained and malformed commands too. */
export function shownCommand(apdu: Uint8Array): string {
  const secret = apdu.length > 5 && pinInstructions.includes(apdu[1] ?? 0);
  return secret ? `${toHex(apdu.subarray(0, 4))} (secret)` : toHex(apdu);
}

/** One line for people: `12 00200011 (secret) → 63c4`. */
export function apduLine({ number, command, response }: LoggedApdu): string {
  return `${number} ${command} → ${response ?? '(lost)'}`;
}
