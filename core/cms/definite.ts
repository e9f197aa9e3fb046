import { each, firstOf, Malformed } from './ber.js';
import { encode } from './der.js';
import { joined } from './bytes.js';

const deepest = 32;

/**
 * The object that `bytes` begin with, its indefinite lengths and pieced OCTET STRINGs made definite (X.690 §8.1.3.6, §8.7.3); what is
 * definite already stays byte for byte. Fails with `Malformed`.
 */
export function definite(bytes: Uint8Array): Uint8Array {
  return convert(bytes, 0, 0).bytes;
}

interface Converted {
  readonly bytes: Uint8Array;
  /** Where the object ended in the input. */
  readonly end: number;
}

function convert(bytes: Uint8Array, at: number, depth: number): Converted {
  if (depth > deepest) throw new Malformed('depth');
  if (bytes[at + 1] !== 0x80) return convertDefinite(bytes, at, depth);
  const tag = bytes[at] ?? 0;
  if ((tag & 0x20) === 0) throw new Malformed('length');
  const parts: Uint8Array[] = [];
  let next = at + 2;
  while (bytes[next] !== 0 || bytes[next + 1] !== 0) {
    if (next >= bytes.length) throw new Malformed('end of contents');
    const part = convert(bytes, next, depth + 1);
    parts.push(part.bytes);
    next = part.end;
  }
  return { bytes: whole(tag, parts), end: next + 2 };
}

function convertDefinite(bytes: Uint8Array, at: number, depth: number): Converted {
  const { tag, raw, value } = firstOf(bytes, at);
  const end = at + raw.length;
  if ((tag & 0x20) === 0 || !hasIndefinite(value, depth + 1)) {
    return {
      bytes:
        tag === 0x24
          ? whole(
              tag,
              [...each(value)].map((part) => part.raw),
            )
          : raw,
      end,
    };
  }
  try {
    return { bytes: whole(tag, convertAll(value, depth)), end };
  } catch (error) {
    // Of definite length, so the rest can be read; whoever needs this part will say what is wrong with it.
    if (error instanceof Malformed) return { bytes: raw, end };
    throw error;
  }
}

function convertAll(value: Uint8Array, depth: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let next = 0; next < value.length;) {
    const part = convert(value, next, depth + 1);
    parts.push(part.bytes);
    next = part.end;
  }
  return parts;
}

// What cannot be read as definite lengths is taken for indefinite; `convert` then says whether it is.
function hasIndefinite(value: Uint8Array, depth: number): boolean {
  if (depth > deepest) return false;
  try {
    for (const part of each(value)) {
      if (part.tag === 0x24 || ((part.tag & 0x20) !== 0 && hasIndefinite(part.value, depth + 1))) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof Malformed) return true;
    throw error;
  }
}

// 24: an OCTET STRING in pieces becomes one.
function whole(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  return tag === 0x24 ? encode(0x04, joined(parts.map((part) => firstOf(part).value))) : encode(tag, ...parts);
}
