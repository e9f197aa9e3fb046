import { type Change, type Comparison, mostWalked } from './changes.js';
import { as, type PdfDict, type PdfValue } from './objects.js';
import type { Pdf } from './open-pdf.js';
import { reachable, referencesIn } from './references.js';
import { sameValue } from './same-object.js';

/** What a change of each key of the catalog is; those of the form are compared apart, any other is `other`. */
const kinds: Readonly<Record<string, Change['kind'] | 'apart'>> = {
  AcroForm: 'apart',
  DSS: 'long-term',
  Extensions: 'long-term',
  Metadata: 'metadata',
  Version: 'metadata',
};

/** Compares the document's root, its validation data and its metadata. */
export async function compareCatalog(comparison: Comparison, pdf: Pdf): Promise<void> {
  const { before, after, changes, explained } = comparison;
  const root = as('ref', before.xref.fromTrailers('Root'));
  const old = as('dict', await before.resolve(root));
  if (root?.num !== pdf.catalogRef.num || old === undefined) {
    changes.push({ kind: 'other', what: 'Root' });
    return;
  }
  explained.add(pdf.catalogRef.num);
  for (const key of differingKeys(old, pdf.catalog)) {
    const kind = kinds[key] ?? 'other';
    if (kind !== 'apart') changes.push({ kind, what: key });
  }
  await explainUnder(comparison, pdf.catalog.entries.get('DSS'), 'DSS', 'long-term');
  await explainUnder(comparison, pdf.catalog.entries.get('Metadata'), 'Metadata', 'metadata');
  await explainUnder(comparison, after.xref.fromTrailers('Info'), 'Info', 'metadata');
}

/** Keys whose values are written differently. */
export function differingKeys(old: PdfDict, now: PdfDict): readonly string[] {
  return [...new Set([...old.entries.keys(), ...now.entries.keys()])].filter(
    (key) => !sameValue(old.entries.get(key), now.entries.get(key)),
  );
}

/** Accounts for all that is reached from a value and differs; what was there before in another role is left unexplained. */
export async function explainUnder(
  { before, after, changes, explained, differs }: Comparison,
  value: PdfValue | undefined,
  what: string,
  kind: Change['kind'],
): Promise<void> {
  if (value === undefined) return;
  const own = new Set(referencesIn(value));
  const reached = await reachable(after, [value], (num) => explained.has(num), mostWalked);
  for (const num of reached ?? []) {
    if (!differs.has(num)) continue;
    const isNew = (await before.load(num)) === undefined;
    if (!isNew && !own.has(num)) continue;
    explained.add(num);
    changes.push({ kind, what });
  }
}
