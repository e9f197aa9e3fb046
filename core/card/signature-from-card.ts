import { Failure } from '../failure.js';
import type { SignatureAlgorithm } from '../api/signing.js';
import { encodeTlv, findTlv, scanTlv } from './tlv.js';
import type { CardProfile } from './profile.js';
import { algorithmParts } from './signature-input.js';

/** A signature in the form of the API from what the card gave: RSA as it is, EC as DER (RFC 3279 §2.2.3). Fails with `card-malformed`. */
export function signatureFromCard(profile: CardProfile, algorithm: SignatureAlgorithm, data: Uint8Array): Uint8Array {
  if (data.length === 0) throw new Failure('card-malformed', { what: 'signature' });
  if (algorithmParts(algorithm).scheme !== 'ECDSA') return data;
  const { ecdsa } = profile.signing;
  if (ecdsa !== 'raw' && isDer(data)) return data;
  if (ecdsa === 'der' || data.length % 2 === 1) throw new Failure('card-malformed', { what: 'signature' });
  return derFromRaw(data);
}

/** SEQUENCE of two INTEGERs from r and s of equal length, one after the other. */
function derFromRaw(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return encodeTlv(
    0x30,
    encodeTlv(0x02, unsigned(raw.subarray(0, half))),
    encodeTlv(0x02, unsigned(raw.subarray(half))),
  );
}

function unsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const significant = bytes.subarray(start);
  return (significant[0] ?? 0) < 0x80 ? significant : Uint8Array.of(0, ...significant);
}

function isDer(data: Uint8Array): boolean {
  const outer = scanTlv(data);
  const sequence = findTlv(outer.objects, 0x30);
  if (outer.broken || outer.objects.length !== 1 || !sequence || data[0] !== 0x30) return false;
  const inner = scanTlv(sequence);
  return !inner.broken && inner.objects.length === 2 && inner.objects.every(({ tag }) => tag === 0x02);
}
