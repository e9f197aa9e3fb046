import type { Seed } from './empty-fields.js';
import type { ExaminedWish, Finding } from './examine.js';

/** Whether a wish is what the author of the field asks for: what is required and differs refuses, what is only wished is noted. */
export function seedFindings(
  seed: Seed | undefined,
  wish: ExaminedWish,
): { readonly refusal?: Finding<'pdf-seed'>; readonly notes: readonly Finding<'pdf-seed-wish'>[] } {
  if (seed === undefined) return { notes: [] };
  const differs = differences(seed, wish);
  const [refused] = differs.filter(({ entry, always }) => always || seed.required.includes(entry));
  const notes = differs
    .filter(({ entry }) => !seed.required.includes(entry))
    .map(({ entry, wants }) => ({ code: 'pdf-seed-wish' as const, facts: { entry, wants } }));
  if (refused === undefined) return { notes };
  return { refusal: { code: 'pdf-seed', facts: { entry: refused.entry, wants: refused.wants } }, notes };
}

interface Difference {
  readonly entry: string;
  readonly wants: readonly string[];
  /** Binding without a flag. */
  readonly always?: boolean;
}

function differences(seed: Seed, wish: ExaminedWish): Difference[] {
  const found: Difference[] = [];
  const among = (entry: string, allowed: readonly string[] | undefined, value: string | undefined): void => {
    if (allowed !== undefined && allowed.length > 0 && value !== undefined && !allowed.includes(value))
      found.push({ entry, wants: allowed });
  };
  if (seed.filter !== undefined) among('Filter', [seed.filter], 'Adobe.PPKLite');
  among('SubFilter', seed.subFilters, wish.subFilter);
  among('DigestMethod', seed.digests, wish.digest);
  // ISO 32000-2 table 237: a single period, or an empty list, forbids a reason.
  if (seed.reasons?.length === 0 || (seed.reasons?.length === 1 && seed.reasons[0] === '.')) {
    if (wish.reason !== undefined) found.push({ entry: 'Reasons', wants: [] });
  } else if (seed.reasons !== undefined && !seed.reasons.includes(wish.reason ?? '')) {
    found.push({ entry: 'Reasons', wants: seed.reasons });
  }
  if (seed.certifies !== undefined && (wish.certify ?? 0) !== seed.certifies) {
    found.push({ entry: 'MDP', wants: [String(seed.certifies)], always: true });
  }
  if (seed.revocationInfo === true && wish.subFilter === 'ETSI.CAdES.detached')
    found.push({ entry: 'AddRevInfo', wants: ['adbe.pkcs7.detached'] });
  if (seed.timestampUrl !== undefined && wish.timestamp === false)
    found.push({ entry: 'TimeStamp', wants: [seed.timestampUrl] });
  return found;
}
