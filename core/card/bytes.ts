/** Lower-case hex of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of a hex string of even length; spaces are allowed between bytes. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.replaceAll(' ', '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new RangeError(`Not hex: ${hex}`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

/**
 * Zeros in a place of their own, for what will be wiped. A small array without a buffer of its own lives in the moving heap, and the
 * collector leaves a copy behind wherever it moves it from.
 */
export function steadyBytes(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(length));
}

/** One array after the other, in steady bytes: secrets may be among them. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = steadyBytes(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** True when both have the same bytes. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
