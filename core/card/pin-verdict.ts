/** What a card said to VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER. */
export interface PinVerdict {
  readonly kind: 'done' | 'wrong' | 'locked' | 'not-set' | 'refused';
  readonly triesLeft?: number;
}

/** Reads the status word of a PIN command that carried a value (ISO 7816-4 §5.6, cards.md §1.6). */
export function pinVerdict(status: number): PinVerdict {
  if (status === 0x9000) return { kind: 'done' };
  if (status === 0x6983 || status === 0x63c0) return { kind: 'locked', triesLeft: 0 };
  if (status === 0x6984) return { kind: 'not-set' };
  // 63Cx: x tries are left; 6300: wrong, without a counter.
  if ((status & 0xfff0) === 0x63c0) return { kind: 'wrong', triesLeft: status & 0x0f };
  if (status === 0x6300) return { kind: 'wrong' };
  return { kind: 'refused' };
}
