/** The number that big-endian `bytes` say. */
export function fromBytes(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

/** `value` as `length` big-endian bytes. */
export function toBytes(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16).padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_none, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** `base` to the power of `exponent`, modulo `modulus`. Not in constant time: for keys that protect nothing. */
export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** The number that `value` must be multiplied with to give 1 modulo `modulus` (extended Euclid). */
export function inverseModulo(value: bigint, modulus: bigint): bigint {
  let [before, now] = [modulus, value % modulus];
  let [weightBefore, weight] = [0n, 1n];
  while (now > 0n) {
    const quotient = before / now;
    [before, now] = [now, before - quotient * now];
    [weightBefore, weight] = [weight, weightBefore - quotient * weight];
  }
  return ((weightBefore % modulus) + modulus) % modulus;
}
