import { isFailure } from '../failure.js';
import { parseAtr } from './atr.js';
import { fromHex } from './bytes.js';
import type { CardProfile } from './profile.js';

/** The profiles that know a card by its historical bytes, in the order given; none for an ATR that cannot be read. */
export function matchProfiles(atr: Uint8Array, profiles: readonly CardProfile[]): readonly CardProfile[] {
  const found = historicalBytes(atr);
  if (!found) return [];
  return profiles.filter((profile) =>
    profile.match.some((one) => agrees(found, fromHex(one.historicalBytes), one.mask && fromHex(one.mask))),
  );
}

function historicalBytes(atr: Uint8Array): Uint8Array | undefined {
  try {
    return parseAtr(atr).historicalBytes;
  } catch (error) {
    if (isFailure(error, 'card-malformed')) return undefined;
    throw error;
  }
}

function agrees(found: Uint8Array, wanted: Uint8Array, mask: Uint8Array | '' | undefined): boolean {
  if (found.length !== wanted.length || wanted.length === 0) return false;
  return found.every((byte, at) => ((byte ^ wanted[at]!) & (mask ? mask[at]! : 0xff)) === 0);
}
