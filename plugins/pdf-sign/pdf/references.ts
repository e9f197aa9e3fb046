import type { Objects } from './objects-reader.js';
import { as, type PdfValue } from './objects.js';
import { isPdfError } from './pdf-error.js';

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
 * Numbers of all objects that are reached from these values, but not through those that are closed. What cannot be read leads
 * nowhere. Undefined when there are more than `most`.
 */
export async function reachable(
  objects: Objects,
  from: readonly PdfValue[],
  closed: (num: number) => boolean | Promise<boolean>,
  most: number,
): Promise<ReadonlySet<number> | undefined> {
  const seen = new Set<number>();
  const open = from.flatMap((value) => referencesIn(value));
  for (let num = open.pop(); num !== undefined; num = open.pop()) {
    if (seen.has(num) || (await closed(num))) continue;
    seen.add(num);
    if (seen.size > most) return undefined;
    const value = await readable(objects, num);
    if (value !== undefined) for (const next of referencesIn(value)) open.push(next);
  }
  return seen;
}

/** Numbers of the objects that are reached from these values and were not there before; what was there leads to nothing new. */
export async function newlyReached(
  before: Objects,
  after: Objects,
  from: readonly PdfValue[],
): Promise<ReadonlySet<number>> {
  const wasThere = async (num: number): Promise<boolean> => (await readable(before, num)) !== undefined;
  return (await reachable(after, from, wasThere, mostNew)) ?? new Set();
}

/** Objects that one change may bring along. */
const mostNew = 20_000;

async function readable(objects: Objects, num: number): Promise<PdfValue | undefined> {
  try {
    return (await objects.load(num))?.value;
  } catch (error) {
    if (isPdfError(error, 'pdf-damaged')) return undefined;
    throw error;
  }
}
