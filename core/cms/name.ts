import { type Ber, each, inside, partsOf } from './ber.js';
import { oidOf } from './values.js';

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
};

/** A distinguished name as text: `CN=Maija Meikäläinen,O=…,C=FI` (RFC 4514), and what a person calls it. */
export interface NameText {
  readonly text: string;
  /** Common name, else organisation, else the text. */
  readonly short: string;
}

/** Reads a Name (RFC 5280 §4.1.2.4). Fails with `Malformed`. */
export function nameText(name: Ber): NameText {
  const parts = inside(name, 0x30).flatMap((set) => [...each(set.value)].map(attribute));
  const text = parts
    .toReversed()
    .map(([type, value]) => `${shortNames[type] ?? type}=${value.replaceAll(/[,+"\\<>;]/g, '\\$&')}`)
    .join(',');
  const valueOf = (type: string): string | undefined => parts.findLast(([has]) => has === type)?.[1];
  return { text, short: valueOf('2.5.4.3') ?? valueOf('2.5.4.10') ?? text };
}

function attribute(object: Ber): readonly [string, string] {
  const parts = partsOf(object);
  return [oidOf(parts.next()), textOf(parts.next())];
}

/** Text of a string type, without characters that could steer a terminal; at most 1024 of them. */
export function textOf({ tag, value }: Ber): string {
  const some = value.subarray(0, 4096);
  const text =
    tag === 0x1e ? wide(some) : tag === 0x14 ? String.fromCharCode(...some) : new TextDecoder('utf-8').decode(some);
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .slice(0, 1024);
}

// BMPString: two bytes for each character.
function wide(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return text;
}
