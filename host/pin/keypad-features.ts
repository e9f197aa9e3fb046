/** Functions of a reader's keypad and display (PC/SC part 10 §2.2). */
export type KeypadFeature =
  | 'verify-start'
  | 'verify-finish'
  | 'modify-start'
  | 'modify-finish'
  | 'key-pressed'
  | 'verify-direct'
  | 'modify-direct'
  | 'pin-properties'
  | 'abort'
  | 'display-message'
  | 'tlv-properties'
  | 'pace';

const tags = new Map<number, KeypadFeature>([
  [0x01, 'verify-start'],
  [0x02, 'verify-finish'],
  [0x03, 'modify-start'],
  [0x04, 'modify-finish'],
  [0x05, 'key-pressed'],
  [0x06, 'verify-direct'],
  [0x07, 'modify-direct'],
  [0x0a, 'pin-properties'],
  [0x0b, 'abort'],
  [0x0c, 'display-message'],
  [0x12, 'tlv-properties'],
  [0x20, 'pace'],
]);

/** The control code of each function, from the answer to GET_FEATURE_REQUEST. What is unknown or cut off is left out. */
export function keypadFeatures(answer: Uint8Array): ReadonlyMap<KeypadFeature, number> {
  const found = new Map<KeypadFeature, number>();
  for (let at = 0; at + 1 < answer.length;) {
    const length = answer[at + 1] ?? 0;
    const value = answer.subarray(at + 2, at + 2 + length);
    const feature = tags.get(answer[at] ?? 0);
    if (feature !== undefined && length === 4 && value.length === 4) {
      // Big-endian, unlike every other number of part 10.
      found.set(
        feature,
        value.reduce((code, byte) => code * 256 + byte, 0),
      );
    }
    at += 2 + length;
  }
  return found;
}
