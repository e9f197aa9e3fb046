import type { PublicKey } from '../api/cards.js';
import { namedCurves } from '../named-curves.js';
import { dottedOid, insideOf } from './der.js';

const rsa: readonly string[] = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10'];
const ec = '1.2.840.10045.2.1';

/** Kind and size of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7); `other`, size 0, when it is neither RSA nor EC. */
export function parsePublicKey(spki: Uint8Array): PublicKey {
  const [info] = insideOf(spki) ?? [];
  const [algorithm, bits] = (info && insideOf(info.value)) ?? [];
  const [oid, parameter] = (algorithm && insideOf(algorithm.value)) ?? [];
  const kind = oid && dottedOid(oid.value);
  // The first byte of a BIT STRING counts its unused bits.
  const key = bits?.value.subarray(1) ?? new Uint8Array();
  if (kind !== undefined && rsa.includes(kind)) return { algorithm: 'RSA', size: modulusSize(key) };
  if (kind !== ec) return { algorithm: 'other', size: 0 };
  const curve = parameter?.tag === 0x06 ? namedCurves[dottedOid(parameter.value) ?? ''] : undefined;
  // A curve without a known name: the size of a coordinate in the uncompressed point.
  return curve
    ? { algorithm: 'EC', size: curve.size, curve: curve.name }
    : { algorithm: 'EC', size: (key.length >> 1) * 8 };
}

function modulusSize(key: Uint8Array): number {
  const [sequence] = insideOf(key) ?? [];
  const [modulus] = (sequence && insideOf(sequence.value)) ?? [];
  const start = modulus?.value.findIndex((byte) => byte !== 0) ?? -1;
  if (!modulus || start < 0) return 0;
  return (modulus.value.length - start) * 8 - Math.clz32(modulus.value[start]!) + 24;
}
