/** Status words that the simulated cards answer with (ISO 7816-4 §5.6; cards.md §1.6 and §8 for their use). */
export const status = {
  done: 0x9000,
  /** Tries left are added to this. */
  wrongPin: 0x63c0,
  endOfFile: 0x6282,
  moreData: 0x6100,
  wrongLength: 0x6700,
  rightLength: 0x6c00,
  chainingUnknown: 0x6884,
  noPinVerified: 0x6982,
  pinLocked: 0x6983,
  pinNotSet: 0x6984,
  conditions: 0x6985,
  noCurrentFile: 0x6986,
  badData: 0x6a80,
  fileUnknown: 0x6a82,
  badParameters: 0x6a86,
  referenceUnknown: 0x6a88,
  offset: 0x6b00,
  insUnknown: 0x6d00,
  claUnknown: 0x6e00,
} as const;
