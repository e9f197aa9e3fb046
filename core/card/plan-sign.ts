import { Failure } from '../failure.js';
import type { SignatureAlgorithm } from '../api/signing.js';
import { fromHex } from './bytes.js';
import { bytesPart, type Plan, type PlannedCommand, selectByName } from './plan.js';
import type { CardProfile, ProfileKey } from './profile.js';
import { algorithmParts, fitDigest, withDigestInfo } from './signature-input.js';
import { encodeTlv } from './tlv.js';

/**
 * Signs `digest` with a key whose PIN is verified; the last command's answer is the signature (see `signatureFromCard`).
 * The key's `size` makes the exact length known. Fails with `key-algorithm`, `call-invalid`.
 */
export function planSign(
  profile: CardProfile,
  key: ProfileKey,
  algorithm: SignatureAlgorithm,
  digest: Uint8Array,
): Plan {
  // Own names only: the algorithm may come from a plugin.
  const code = Object.hasOwn(profile.signing.algorithms, algorithm) ? profile.signing.algorithms[algorithm] : undefined;
  if (code === undefined || !fits(key, algorithm)) throw new Failure('key-algorithm', { key: key.id, algorithm });
  if (digest.length !== algorithmParts(algorithm).digestLength) {
    throw new Failure('call-invalid', { call: 'sign', why: 'digest' });
  }
  const directory = key.directory === undefined ? [] : [selectByName('select-directory', key.directory)];
  return [...directory, chooseKey(key, code), ...compute(profile, algorithm, digest, key.size)];
}

/**
 * Signs bytes that the host has made ready: whole blocks as long as the modulus where the card does not pad (`raw`), else what is to be
 * padded by PKCS#1 v1.5. Undefined when the card takes digests alone.
 */
export function planSignPrepared(
  { signing }: CardProfile,
  key: ProfileKey,
  data: Uint8Array,
  form: 'block' | 'digest-info',
): Plan | undefined {
  const padding = signing.input === 'digest-info' ? signing.algorithms['RSA-PKCS1-SHA256'] : undefined;
  const code = form === 'block' ? signing.raw : padding;
  if (code === undefined || !fits(key, 'RSA-PKCS1-SHA256')) return undefined;
  const directory = key.directory === undefined ? [] : [selectByName('select-directory', key.directory)];
  return [...directory, chooseKey(key, code), { ...sign, body: [bytesPart(data)], le: 0 }];
}

/** False for an algorithm of another kind than the key's, as far as that is known. */
function fits({ algorithm: kind }: ProfileKey, algorithm: SignatureAlgorithm): boolean {
  return kind === undefined || kind === (algorithm.startsWith('RSA') ? 'RSA' : 'EC');
}

/** MANAGE SECURITY ENVIRONMENT: SET (ISO 7816-4 §11.5.11) for `key` and the algorithm byte `code`, hex; the digital signature template unless another is named. */
export function chooseKey(key: ProfileKey, code: string, template = 0xb6): PlannedCommand {
  const algorithm = encodeTlv(0x80, fromHex(code));
  const reference =
    key.tag === '84'
      ? [encodeTlv(0x84, fromHex(key.reference))]
      : // A key named by its file has no further reference in it.
        [encodeTlv(0x81, fromHex(key.reference)), encodeTlv(0x84, Uint8Array.of(0))];
  const body = [algorithm, ...reference].map(bytesPart);
  return { step: 'choose-key', cla: 0x00, ins: 0x22, p1: 0x41, p2: template, body };
}

function compute(
  profile: CardProfile,
  algorithm: SignatureAlgorithm,
  digest: Uint8Array,
  keySize: number | undefined,
): Plan {
  const { input, fillDigest } = profile.signing;
  const { scheme } = algorithmParts(algorithm);
  const elliptic = scheme === 'ECDSA';
  const wide = elliptic && fillDigest && keySize ? fitDigest(digest, Math.ceil(keySize / 8)) : digest;
  if (input === 'pso-hash') {
    const loaded = encodeTlv(0x90, wide);
    const hash = { step: 'load-digest', cla: 0x00, ins: 0x2a, p1: 0x90, p2: 0xa0, body: [bytesPart(loaded)] };
    return [hash, { ...sign, le: answerLength(profile, elliptic, keySize) }];
  }
  const data = input === 'digest-info' && scheme === 'RSA-PKCS1' ? withDigestInfo(wide) : wide;
  return [{ ...sign, body: [bytesPart(data)], le: 0 }];
}

// PSO: COMPUTE DIGITAL SIGNATURE.
const sign = { step: 'sign', cla: 0x00, ins: 0x2a, p1: 0x9e, p2: 0x9a } as const;

// A T=0 card may answer 6Cxx to another length, and asking again can lose the loaded digest (cards.md §1.8): ask exactly.
function answerLength(profile: CardProfile, elliptic: boolean, keySize: number | undefined): number {
  if (!keySize || (elliptic && profile.signing.ecdsa !== 'raw')) return 0;
  const bytes = Math.ceil(keySize / 8);
  return elliptic ? 2 * bytes : Math.min(bytes, 256);
}
