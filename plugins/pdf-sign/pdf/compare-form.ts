import { type Change, type Comparison, mostWalked } from './changes.js';
import { differingKeys } from './compare-catalog.js';
import { type Field, type Form, readForm } from './form.js';
import { as, asArray, asName, type PdfDict, type PdfRef, type PdfValue } from './objects.js';
import type { Pdf } from './open-pdf.js';
import { newlyReached, reachable, referencesIn } from './references.js';

/** Keys of a field or widget that filling in changes. */
const filled = new Set(['V', 'AP', 'AS', 'M', 'I', 'RV']);
/** Keys of the form that change when its fields do. */
const ofForm = new Set(['Fields', 'SigFlags', 'NeedAppearances', 'DR', 'DA']);

/** Compares the interactive form field by field. */
export async function compareForm(comparison: Comparison, pdf: Pdf): Promise<void> {
  const { before, after, changes, explained } = comparison;
  const root = as('dict', await before.resolve(before.xref.fromTrailers('Root')));
  const old = root && (await readForm(before, root));
  const now = pdf.form;
  if (now === undefined) {
    if (old !== undefined) changes.push({ kind: 'other', what: 'AcroForm' });
    return;
  }
  if (now.ref !== undefined) explained.add(now.ref.num);
  const lists = as('ref', now.dict.entries.get('Fields'));
  if (lists !== undefined && asArray(await after.resolve(lists)) !== undefined) explained.add(lists.num);
  if (old !== undefined) {
    for (const key of differingKeys(old.dict, now.dict))
      if (!ofForm.has(key)) changes.push({ kind: 'other', what: `AcroForm ${key}` });
  }
  // Fonts that filling in needs.
  for (const num of await newlyReached(before, after, [now.dict.entries.get('DR') ?? []])) explained.add(num);
  const earlier = new Map((old?.fields ?? []).map((field) => [field.ref?.num ?? field.name, field]));
  for (const field of now.fields) {
    const known = earlier.get(field.ref?.num ?? field.name);
    earlier.delete(field.ref?.num ?? field.name);
    if (known === undefined) await newField(comparison, field);
    else await oldField(comparison, known, field, root);
  }
  for (const gone of earlier.values()) changes.push({ kind: 'other', what: `field ${gone.name}` });
  await groups(comparison, old, now);
}

async function newField(comparison: Comparison, field: Field): Promise<void> {
  const { after, changes } = comparison;
  if (field.type !== 'Sig' || field.ref === undefined) {
    changes.push({ kind: 'other', what: `field ${field.name}` });
    return;
  }
  changes.push({ kind: await signedAs(after, field), what: field.name });
  await explainField(comparison, [field.ref, ...field.widgets]);
}

/** A new field and all that it brings along. */
async function explainField({ before, after, explained }: Comparison, places: readonly PdfRef[]): Promise<void> {
  for (const num of await newlyReached(before, after, places)) explained.add(num);
}

async function oldField(comparison: Comparison, old: Field, now: Field, root: PdfDict | undefined): Promise<void> {
  const { before, after, changes, explained, differs } = comparison;
  const same = new Set([...(now.ref ? [now.ref.num] : []), ...now.widgets.map(({ num }) => num)]);
  for (const num of same) {
    if (!differs.has(num)) continue;
    const [was, is] = [as('dict', (await before.load(num))?.value), as('dict', (await after.load(num))?.value)];
    const keys = was && is && differingKeys(was, is);
    if (keys === undefined || keys.some((key) => !filled.has(key))) continue;
    explained.add(num);
    const signed = now.type === 'Sig' && keys.includes('V');
    // A signature that was there may not be put in another's place.
    if (signed && (await before.dict(old.value)) !== undefined)
      changes.push({ kind: 'other', what: `signature ${now.name}` });
    else changes.push({ kind: signed ? await signedAs(after, now) : 'form-fill', what: now.name });
    for (const num of await newlyReached(
      before,
      after,
      [...filled].map((key) => is?.entries.get(key)).filter((value) => value !== undefined),
    ))
      explained.add(num);
  }
  const taken = now.type === 'Sig' && (await before.dict(old.value)) !== undefined;
  if (!taken) await appearances(comparison, now, root);
}

/** A document timestamp is validation data, whatever a certification says (ISO 32000-2 §12.8.2.2.2). */
async function signedAs(after: Comparison['after'], field: Field): Promise<Change['kind']> {
  const signature = await after.dict(field.value);
  if (signature === undefined) return 'new-field';
  return asName(await after.get(signature, 'SubFilter')) === 'ETSI.RFC3161' ? 'long-term' : 'signature';
}

/** An appearance or value that was written over under its own number: harmless when nothing else in the document uses it. */
async function appearances(
  { before, after, changes, explained, differs }: Comparison,
  field: Field,
  root: PdfDict | undefined,
): Promise<void> {
  if (root === undefined) return;
  const places: PdfRef[] = [...(field.ref ? [field.ref] : []), ...field.widgets];
  for (const place of places) {
    const dict = await after.dict(place);
    const old = await before.dict(place);
    for (const key of ['AP', 'V']) {
      const own = await ownNumbers({ before, after }, old?.entries.get(key), dict?.entries.get(key));
      const over = own.filter((num) => differs.has(num) && !explained.has(num));
      if (over.length === 0) continue;
      const others = await reachable(before, [root], (num) => places.some((one) => one.num === num), mostWalked);
      if (others === undefined || over.some((num) => others.has(num))) continue;
      for (const num of over) {
        explained.add(num);
        const value = (await after.load(num))?.value;
        for (const brought of await newlyReached(before, after, value === undefined ? [] : [value]))
          explained.add(brought);
      }
      changes.push({ kind: 'form-fill', what: field.name });
    }
  }
}

async function ownNumbers(
  { before, after }: Pick<Comparison, 'before' | 'after'>,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): Promise<readonly number[]> {
  const inside = async (objects: Comparison['after'], value: PdfValue | undefined): Promise<number[]> => {
    const direct = value === undefined ? [] : referencesIn(value);
    const deeper = await Promise.all(
      direct.map(async (num) => referencesIn(as('dict', (await objects.load(num))?.value) ?? [])),
    );
    return [...direct, ...deeper.flat()];
  };
  const known = new Set(await inside(before, old));
  return (await inside(after, now)).filter((num) => known.has(num));
}

/** Groups of fields may only have got more kids. */
async function groups(
  { before, after, explained, differs }: Comparison,
  old: Form | undefined,
  now: Form,
): Promise<void> {
  const parents = new Set(
    [...(old?.fields ?? []), ...now.fields].map(({ dict }) => as('ref', dict.entries.get('Parent'))?.num),
  );
  for (const num of parents) {
    if (num === undefined || !differs.has(num) || explained.has(num)) continue;
    const [was, is] = [as('dict', (await before.load(num))?.value), as('dict', (await after.load(num))?.value)];
    if (was !== undefined && is !== undefined && differingKeys(was, is).every((key) => key === 'Kids'))
      explained.add(num);
  }
}
