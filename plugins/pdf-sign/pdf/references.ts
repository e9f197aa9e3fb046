import type { Objects } from './objects-reader.js';
import { as, type PdfValue } from './objects.js';

/** Numbers of the objects that a value refers to itself. */
export function referencesIn(value: PdfValue): readonly number[] {
  const found: number[] = [];
  const open: PdfValue[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const to = as('ref', next);
    if (to !== undefined) found.push(to.num);
    else if (Array.isArray(next)) open.push(...(next as readonly PdfValue[]));
    else {
      const dict = as('dict', next) ?? as('stream', next)?.dict;
      if (dict !== undefined) open.push(...dict.entries.values());
    }
  }
  return found;
}

/**
 * Numbers of all objects that are reached from these values, but not through the objects in `closed`.
 * Undefined when there are more than `most`.
 */
export async function reachable(
  objects: Objects,
  from: readonly PdfValue[],
  closed: ReadonlySet<number>,
  most: number,
): Promise<ReadonlySet<number> | undefined> {
  const seen = new Set<number>();
  const open = from.flatMap((value) => referencesIn(value));
  for (let num = open.pop(); num !== undefined; num = open.pop()) {
    if (seen.has(num) || closed.has(num)) continue;
    seen.add(num);
    if (seen.size > most) return undefined;
    const loaded = await objects.load(num);
    if (loaded !== undefined) open.push(...referencesIn(loaded.value));
  }
  return seen;
}
