import { fromHex } from './bytes.js';
import type { CardProfile } from './profile.js';

/** The number that is printed on the card, from the serial of EF.CIAInfo in hex (cards.md §1.4). */
export function printedSerial(serial: string, form: CardProfile['serial']): string {
  const bytes = fromHex(serial);
  const ascii = bytes.length > 0 && bytes.every((byte) => byte > 0x20 && byte < 0x7f);
  const text = ascii ? String.fromCharCode(...bytes) : serial.toUpperCase();
  if (form !== 'tail-9') return text;
  // Older cards: 20 digits in BCD, of which the 10th to the 18th are printed.
  return !ascii && /^\d{20}$/.test(text) ? text.slice(9, 18) : text.slice(-9);
}
