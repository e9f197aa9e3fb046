import { cbc, gcm } from '@noble/ciphers/aes.js';
import {
  type AlgorithmId,
  firstOf,
  integer,
  joined,
  octets,
  octetsOf,
  oid,
  orUndefined,
  partsOf,
  sequence,
  smallInteger,
} from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { mailOids } from '../mail-oids.js';

/** How a mail's content is enciphered: GCM says when somebody changed it, CBC is for older readers. */
export type CipherName = 'AES-256-GCM' | 'AES-128-GCM' | 'AES-256-CBC' | 'AES-128-CBC';

interface Cipher {
  readonly mode: 'gcm' | 'cbc';
  /** Bytes of the key. */
  readonly key: number;
}

const ciphers: Readonly<Record<string, Cipher>> = {
  [mailOids.aes128cbc]: { mode: 'cbc', key: 16 },
  [mailOids.aes192cbc]: { mode: 'cbc', key: 24 },
  [mailOids.aes256cbc]: { mode: 'cbc', key: 32 },
  [mailOids.aes128gcm]: { mode: 'gcm', key: 16 },
  [mailOids.aes192gcm]: { mode: 'gcm', key: 24 },
  [mailOids.aes256gcm]: { mode: 'gcm', key: 32 },
};

const written: Readonly<Record<CipherName, string>> = {
  'AES-256-GCM': mailOids.aes256gcm,
  'AES-128-GCM': mailOids.aes128gcm,
  'AES-256-CBC': mailOids.aes256cbc,
  'AES-128-CBC': mailOids.aes128cbc,
};

/** RFC 5084 §3.2 lets a tag be shorter; we write, and take, no shorter one than this. */
const tagLength = 16;

/** An enciphered content as CMS keeps it. */
export interface Enciphered {
  /** DER of the AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly content: Uint8Array;
  /** The authentication tag, for GCM. */
  readonly mac?: Uint8Array;
}

/** Enciphers with a key of `keyLengthOf(name)` bytes. */
export function encipher(name: CipherName, key: Uint8Array, content: Uint8Array): Enciphered {
  const id = written[name];
  if (ciphers[id]?.mode === 'cbc') {
    const iv = crypto.getRandomValues(new Uint8Array(16));
    return { algorithm: sequence(oid(id), octets(iv)), content: cbc(key, iv).encrypt(content) };
  }
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = gcm(key, nonce).encrypt(content);
  return {
    algorithm: sequence(oid(id), sequence(octets(nonce), integer(tagLength))),
    content: sealed.subarray(0, sealed.length - tagLength),
    mac: sealed.subarray(sealed.length - tagLength),
  };
}

/** Bytes of the key of a cipher that we write. */
export const keyLengthOf = (name: CipherName): number => keyLength({ id: written[name] });

/** Bytes of the key of a cipher. Fails with `cipher-unknown`. */
export function keyLength({ id }: Pick<AlgorithmId, 'id'>): number {
  const cipher = ciphers[id];
  if (!cipher) throw new MailError('cipher-unknown', { cipher: id });
  return cipher.key;
}

/** What is deciphered. */
export interface Sealed {
  readonly content: Uint8Array;
  /** Present where the cipher is to say when somebody changed the content. */
  readonly mac?: Uint8Array | undefined;
  /** DER SET OF what the tag vouches for beside the content (RFC 5083 §2.2). */
  readonly attributes?: Uint8Array | undefined;
}

/** Deciphers. Fails with `changed` when the tag or the padding does not fit, `cipher-unknown`, `malformed`. */
export function decipher(algorithm: AlgorithmId, key: Uint8Array, { content, mac, attributes }: Sealed): Uint8Array {
  const { parameters } = algorithm;
  const cipher = ciphers[algorithm.id];
  if (!cipher || (cipher.mode === 'gcm') !== (mac !== undefined)) {
    throw new MailError('cipher-unknown', { cipher: algorithm.id });
  }
  if (key.length !== cipher.key) throw new MailError('changed');
  if (mac !== undefined) {
    const nonce = orUndefined(() => gcmNonce(parameters));
    if (!nonce || mac.length !== tagLength) throw new MailError('malformed', { what: 'AES-GCM' });
    return attempt(() => gcm(key, nonce, attributes).decrypt(joined([content, mac])));
  }
  const iv = parameters && orUndefined(() => octetsOf(firstOf(parameters)));
  if (iv?.length !== 16) throw new MailError('malformed', { what: 'AES-CBC' });
  return attempt(() => cbc(key, iv).decrypt(content));
}

// GCMParameters (RFC 5084 §3.2): the length of the tag is 12 unless told.
function gcmNonce(parameters: Uint8Array | undefined): Uint8Array | undefined {
  const parts = partsOf(parameters && firstOf(parameters));
  const nonce = octetsOf(parts.next());
  const length = parts.maybe(0x02);
  const fits = length !== undefined && smallInteger(length) === tagLength && nonce.length >= 8 && nonce.length <= 64;
  return fits ? nonce : undefined;
}

function attempt(open: () => Uint8Array): Uint8Array {
  try {
    return open();
  } catch {
    throw new MailError('changed');
  }
}
