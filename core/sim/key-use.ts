import type { CardKey } from './card-key.js';
import { ecSign } from './ec-key.js';
import { digestLength, type Mechanism } from './mechanism.js';
import { rsaPrivate } from './rsa-key.js';
import { digestInfo, padPkcs1, padPss, unpadOaep, unpadPkcs1 } from './rsa-padding.js';

/** True when `key` can do `mechanism` at all. */
export function suits(key: CardKey, mechanism: Mechanism): boolean {
  return (key.kind === 'ec') === (mechanism.kind === 'ecdsa');
}

/** Bytes that a digest must have for `mechanism`; nothing when any will do. */
export function expectedInput(mechanism: Mechanism): number | undefined {
  return 'hash' in mechanism && mechanism.hash ? digestLength[mechanism.hash] : undefined;
}

/** A signature over `input`, or nothing when the input does not fit. EC: raw r‖s or DER. */
export function signWith(
  key: CardKey,
  mechanism: Mechanism,
  input: Uint8Array,
  ecdsa: 'compact' | 'der',
): Uint8Array | undefined {
  if (input.length === 0) return undefined;
  if (key.kind === 'ec') return input.length <= 64 ? ecSign(key, input, ecdsa) : undefined;
  const block = padded(mechanism, input, key.length);
  return block && rsaPrivate(key, block);
}

/** What `cryptogram` hides, or nothing when it is none for this key. */
export function decryptWith(key: CardKey, mechanism: Mechanism, cryptogram: Uint8Array): Uint8Array | undefined {
  const block = key.kind === 'rsa' ? rsaPrivate(key, cryptogram) : undefined;
  if (!block || mechanism.kind === 'raw') return block;
  if (mechanism.kind === 'decrypt-oaep') return unpadOaep(mechanism.hash, block);
  return unpadPkcs1(block);
}

function padded(mechanism: Mechanism, input: Uint8Array, length: number): Uint8Array | undefined {
  switch (mechanism.kind) {
    case 'pkcs1':
      return padPkcs1(digestInfo(mechanism.hash, input), length);
    case 'pkcs1-digest-info':
      return padPkcs1(input, length);
    case 'pss':
      return padPss(mechanism.hash, input, length);
    case 'raw':
      return input;
    default:
      return undefined;
  }
}
