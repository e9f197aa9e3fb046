import type { Comparison } from './changes.js';
import { differingKeys } from './compare-catalog.js';
import { as, asArray, asName, type PdfDict } from './objects.js';
import { newlyReached } from './references.js';

/** Compares pages, of which only the annotations may change, and the annotations that are no fields. */
export async function comparePages(comparison: Comparison): Promise<void> {
  const { before, after, changes, explained, differs } = comparison;
  for (const num of differs) {
    if (explained.has(num)) continue;
    const [old, now] = [(await before.load(num))?.value, (await after.load(num))?.value];
    const [was, is] = [as('dict', old), as('dict', now)];
    if (was !== undefined && is !== undefined && asName(was.entries.get('Type')) === 'Page')
      await page(comparison, num, was, is);
    else if (isAnnotation(was) && (is === undefined || isAnnotation(is))) {
      explained.add(num);
      changes.push({ kind: 'annotations', what: `object ${num}` });
      if (is !== undefined) await explainNew(comparison, is);
    } else if (
      asArray(old) !== undefined &&
      asArray(now) !== undefined &&
      (await isListOfAnnotations(comparison, num))
    ) {
      explained.add(num);
      await added(comparison, asArray(old) ?? [], asArray(now) ?? []);
    }
  }
}

const isAnnotation = (dict: PdfDict | undefined): boolean => {
  const subtype = asName(dict?.entries.get('Subtype'));
  return dict !== undefined && dict.entries.has('Rect') && subtype !== undefined && subtype !== 'Widget';
};

async function page(comparison: Comparison, num: number, was: PdfDict, is: PdfDict): Promise<void> {
  const { before, after, changes, explained } = comparison;
  const keys = differingKeys(was, is);
  if (keys.some((key) => key !== 'Annots')) return;
  explained.add(num);
  const [old, now] = [asArray(await before.get(was, 'Annots')) ?? [], asArray(await after.get(is, 'Annots'))];
  const apart = as('ref', is.entries.get('Annots'));
  if (apart !== undefined && now !== undefined && (await before.load(apart.num)) === undefined)
    explained.add(apart.num);
  if (now === undefined && old.length > 0) changes.push({ kind: 'other', what: 'annotations of a page' });
  await added(comparison, old, now ?? []);
}

async function added(comparison: Comparison, old: readonly unknown[], now: readonly unknown[]): Promise<void> {
  const { after, changes, explained } = comparison;
  const numbers = (items: readonly unknown[]): number[] => items.flatMap((item) => as('ref', item as never)?.num ?? []);
  const known = new Set(numbers(old));
  const still = new Set(numbers(now));
  if ([...known].some((num) => !still.has(num))) changes.push({ kind: 'annotations', what: 'taken away' });
  if (now.length - still.size > old.length - known.size) changes.push({ kind: 'annotations', what: 'added' });
  for (const num of still) {
    // Those of fields are accounted for with their fields.
    if (known.has(num) || explained.has(num)) continue;
    const dict = as('dict', (await after.load(num))?.value);
    if (!isAnnotation(dict) || dict === undefined) continue;
    explained.add(num);
    changes.push({ kind: 'annotations', what: 'added' });
    await explainNew(comparison, dict);
  }
}

async function explainNew({ before, after, explained }: Comparison, dict: PdfDict): Promise<void> {
  for (const num of await newlyReached(before, after, [dict])) explained.add(num);
}

/** True when a page that did not change keeps its annotations in this object. */
async function isListOfAnnotations({ before, after }: Comparison, num: number): Promise<boolean> {
  const now = asArray((await after.load(num))?.value) ?? [];
  for (const item of now.slice(0, 50)) {
    const dict = await after.dict(item);
    const owner = as('dict', await before.resolve(dict?.entries.get('P')));
    if (as('ref', owner?.entries.get('Annots'))?.num === num) return true;
  }
  return false;
}
