import type { Tlv } from '../tlv.js';
import { findTlv } from '../tlv.js';
import { hasBit, insideOf, insideTag, plainText } from '../der.js';
import { toHex } from '../bytes.js';

/** What all objects in a card's directories have (ISO/IEC 7816-15 §8.2.2). */
export interface CardObject {
  /** The kind within its directory: 30, A0, A1, … */
  readonly kind: number;
  readonly label?: string;
  /** Hex: which PIN guards it. */
  readonly authId?: string;
  readonly private: boolean;
  /** True when the PIN is wanted before each use. */
  readonly userConsent: boolean;
  /** Inside of classAttributes and of typeAttributes. */
  readonly classAttributes: readonly Tlv[];
  readonly typeAttributes: readonly Tlv[];
}

/** Reads one object of a directory; undefined when it is not whole. */
export function readCardObject({ tag, value }: Tlv): CardObject | undefined {
  const parts = insideOf(value);
  const [common, own] = parts?.filter((part) => part.tag === 0x30).map((part) => insideOf(part.value)) ?? [];
  // typeAttributes [1] around a SEQUENCE.
  const typed = parts && insideTag(parts, 0xa1);
  const typeAttributes = typed && insideTag(typed, 0x30);
  if (!common || !own || !typeAttributes) return undefined;
  const label = findTlv(common, 0x0c);
  const authId = findTlv(common, 0x04);
  const flags = findTlv(common, 0x03);
  return {
    kind: tag,
    ...(label && { label: plainText(label) }),
    ...(authId && { authId: toHex(authId) }),
    private: hasBit(flags, 0),
    userConsent: findTlv(common, 0x02) !== undefined,
    classAttributes: own,
    typeAttributes,
  };
}
