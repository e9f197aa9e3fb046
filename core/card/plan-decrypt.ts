import { bytesPart, type Plan, selectByName } from './plan.js';
import { chooseKey } from './plan-sign.js';
import type { CardProfile, DecipherAlgorithm, ProfileKey } from './profile.js';
import { fromHex } from './bytes.js';

/**
 * Deciphers `cryptogram`, as long as the modulus, with a key whose PIN is verified (MSE with template B8, PSO:DECIPHER); the last
 * command's answer is the plain text, without padding unless the algorithm is `RSA-RAW`. Undefined for an algorithm that the card lacks.
 */
export function planDecrypt(
  { deciphering }: CardProfile,
  key: ProfileKey,
  algorithm: DecipherAlgorithm,
  cryptogram: Uint8Array,
): Plan | undefined {
  const code = deciphering?.algorithms[algorithm];
  if (deciphering === undefined || code === undefined || (key.algorithm ?? 'RSA') !== 'RSA') return undefined;
  const directory = key.directory === undefined ? [] : [selectByName('select-directory', key.directory)];
  const body = [bytesPart(fromHex(deciphering.indicator)), bytesPart(cryptogram)];
  const decipher = { step: 'decipher', cla: 0x00, ins: 0x2a, p1: 0x80, p2: 0x86, body, le: 0 };
  return [...directory, chooseKey(key, code, confidentiality), decipher];
}

/** Control reference template for confidentiality (ISO/IEC 7816-4 §11.5.11). */
const confidentiality = 0xb8;
