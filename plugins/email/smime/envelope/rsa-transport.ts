import {
  type AlgorithmId,
  context,
  digestId,
  type DigestName,
  digestNamed,
  firstOf,
  joined,
  nothing,
  octetsOf,
  oid,
  oids,
  partsOf,
  type PublicKeyInfo,
  readAlgorithm,
  sequence,
  toHex,
} from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { mailOids } from '../mail-oids.js';

/** How a content's key is enciphered for an RSA key. */
export type RsaPadding =
  { readonly kind: 'PKCS1' } | { readonly kind: 'OAEP'; readonly digest: DigestName; readonly mask: DigestName };

type RsaKey = Extract<PublicKeyInfo, { kind: 'rsa' }>;

/** AlgorithmIdentifier of `padding` for new mail: OAEP with SHA-256 in both places (RFC 8551 §2.3), or PKCS #1 v1.5. */
export function transportId(kind: RsaPadding['kind']): Uint8Array {
  if (kind === 'PKCS1') return sequence(oid(oids.rsa), nothing());
  const hash = sequence(oid(digestId('SHA-256')), nothing());
  return sequence(oid(mailOids.rsaOaep), sequence(context(0, hash), context(1, sequence(oid(oids.mgf1), hash))));
}

/** Enciphers a content's key for a recipient. Fails with `key-unfit` for a key that is out of bounds. */
export async function transport(key: RsaKey, kind: RsaPadding['kind'], content: Uint8Array): Promise<Uint8Array> {
  const { modulus, exponent, spki } = key;
  if (modulus.length < 128 || modulus.length > 2048 || exponent.length === 0 || exponent.length > 8) {
    throw new MailError('key-unfit');
  }
  if (kind === 'PKCS1') return power(padded(content, modulus.length), key);
  const { subtle } = crypto;
  const imported = await subtle
    .importKey('spki', spki, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
    .catch(() => undefined);
  if (!imported) throw new MailError('key-unfit');
  return new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP' }, imported, content));
}

/** The padding that an algorithm names (RFC 4055 §4.1: SHA-1 unless told); undefined for another algorithm or a label. Fails with `Malformed`. */
export function paddingOf({ id, parameters }: AlgorithmId): RsaPadding | undefined {
  if (id === oids.rsa) return { kind: 'PKCS1' };
  if (id !== mailOids.rsaOaep) return undefined;
  const parts = parameters?.[0] === 0x30 ? partsOf(firstOf(parameters)) : undefined;
  const tagged = (tag: number): AlgorithmId | undefined => {
    const wrapper = parts?.maybe(tag);
    return wrapper && readAlgorithm(firstOf(wrapper.value));
  };
  const [hash, mask, label] = [tagged(0xa0), tagged(0xa1), tagged(0xa2)];
  const digest = hash ? digestNamed(hash) : 'SHA-1';
  const inner = mask?.parameters && readAlgorithm(firstOf(mask.parameters));
  const maskDigest = mask ? inner && digestNamed(inner) : 'SHA-1';
  const empty = !label?.parameters || octetsOf(firstOf(label.parameters)).length === 0;
  return digest && maskDigest && empty ? { kind: 'OAEP', digest, mask: maskDigest } : undefined;
}

// EME-PKCS1-v1_5 (RFC 8017 §7.2.1).
function padded(content: Uint8Array, length: number): Uint8Array {
  const filling = crypto.getRandomValues(new Uint8Array(length - content.length - 3));
  while (filling.includes(0)) {
    const at = filling.indexOf(0);
    crypto.getRandomValues(filling.subarray(at, at + 1));
  }
  return joined([Uint8Array.of(0, 2), filling, Uint8Array.of(0), content]);
}

function power(message: Uint8Array, { modulus, exponent }: RsaKey): Uint8Array {
  const n = BigInt(`0x${toHex(modulus)}`);
  let base = BigInt(`0x${toHex(message)}`);
  let product = 1n;
  for (let left = BigInt(`0x${toHex(exponent)}`); left > 0n; left >>= 1n) {
    if (left & 1n) product = (product * base) % n;
    base = (base * base) % n;
  }
  const hex = product.toString(16).padStart(modulus.length * 2, '0');
  return Uint8Array.from({ length: modulus.length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
