import { Failure } from '../failure.js';
import { fromHex } from './bytes.js';
import { insideTag } from './der.js';
import { bytesPart, type Plan, type PlannedCommand, selectByName } from './plan.js';
import type { CardProfile, ProfileKey } from './profile.js';
import { encodeTlv, findTlv, scanTlv } from './tlv.js';

/**
 * Makes a shared secret from an uncompressed `point` (ECDH) with a key whose PIN is verified; see `secretFromCard` for the last answer.
 * By GENERAL AUTHENTICATE (OpenSC `card-myeid.c`) or by PSO:DECIPHER (OpenSC `card-esteid2025.c`, for the Finnish cards of 2022 on).
 * Undefined for a card or a key that does not.
 */
export function planAgree({ agreement }: CardProfile, key: ProfileKey, point: Uint8Array): Plan | undefined {
  if (agreement === undefined || (key.algorithm ?? 'EC') !== 'EC') return undefined;
  const directory = key.directory === undefined ? [] : [selectByName('select-directory', key.directory)];
  return [...directory, ...(agreement === 'general-authenticate' ? authenticate(key, point) : decipher(key, point))];
}

/** The x coordinate of the shared point in the card's answer. Fails with `card-malformed`. */
export function secretFromCard({ agreement }: CardProfile, data: Uint8Array): Uint8Array {
  if (data.length === 0) throw new Failure('card-malformed', { what: 'shared secret' });
  if (agreement !== 'general-authenticate' || data[0] !== 0x7c) return data;
  const template = insideTag(scanTlv(data).objects, 0x7c);
  const secret = template && (findTlv(template, 0x85) ?? findTlv(template, 0x82));
  if (secret === undefined) throw new Failure('card-malformed', { what: 'shared secret' });
  return secret;
}

const reference = ({ tag, reference: value }: ProfileKey): readonly Uint8Array[] =>
  tag === '84'
    ? [encodeTlv(0x84, fromHex(value))]
    : [encodeTlv(0x81, fromHex(value)), encodeTlv(0x84, Uint8Array.of(0))];

function choose(template: number, parts: readonly Uint8Array[]): PlannedCommand {
  return { step: 'choose-key', cla: 0x00, ins: 0x22, p1: 0x41, p2: template, body: parts.map(bytesPart) };
}

// Template A4 (authentication); algorithm 04 as for ECDSA.
function authenticate(key: ProfileKey, point: Uint8Array): Plan {
  const body = [bytesPart(encodeTlv(0x7c, encodeTlv(0x85, point)))];
  return [
    choose(0xa4, [encodeTlv(0x80, Uint8Array.of(0x04)), ...reference(key)]),
    { step: 'agree', cla: 0x00, ins: 0x86, p1: 0x00, p2: 0x00, body, le: 0 },
  ];
}

// Template B8 with the key alone; 00 is the padding indicator: no further indication.
function decipher(key: ProfileKey, point: Uint8Array): Plan {
  const body = [bytesPart(Uint8Array.of(0x00)), bytesPart(point)];
  return [choose(0xb8, reference(key)), { step: 'agree', cla: 0x00, ins: 0x2a, p1: 0x80, p2: 0x86, body, le: 0 }];
}
