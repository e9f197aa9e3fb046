import { compareCatalog } from './compare-catalog.js';
import { compareForm } from './compare-form.js';
import { comparePages } from './compare-pages.js';
import { locks } from './field-lock.js';
import type { Objects } from './objects-reader.js';
import { as, asName } from './objects.js';
import type { Pdf } from './open-pdf.js';
import { isPdfError } from './pdf-error.js';
import { near, startXref } from './read-xref.js';
import { reachable } from './references.js';
import { sameObject } from './same-object.js';
import type { SignatureFacts } from './signatures.js';

/** What later revisions did; `other` is all that is not known to be harmless. */
export type ChangeKind = 'long-term' | 'metadata' | 'signature' | 'new-field' | 'form-fill' | 'annotations' | 'other';

export interface Change {
  readonly kind: ChangeKind;
  /** What changed, in the document's own words: a field's name, a key. */
  readonly what: string;
}

/** What changed after a signature, and whether that signature and those before it allow it. */
export interface Changes {
  readonly changes: readonly Change[];
  /** Without a certification nothing forbids form filling and comments; `other` is never allowed. */
  readonly allowed: boolean;
  /** Why not. */
  readonly because?: 'other' | 'certified' | 'locked';
}

/** A document before and after, and what of the difference is explained. */
export interface Comparison {
  readonly before: Objects;
  readonly after: Objects;
  readonly changes: Change[];
  /** Objects of the later revisions that are accounted for. */
  readonly explained: Set<number>;
  /** Numbers whose content differs. */
  readonly differs: ReadonlySet<number>;
}

/** Objects that a comparison may walk through. */
export const mostWalked = 50_000;

/** Compares the document now with what a signature covered. */
export async function changesSince(pdf: Pdf, signature: SignatureFacts): Promise<Changes> {
  const changes = await readableChanges(pdf, signature);
  const because = forbidden(pdf, signature, changes);
  return because === undefined ? { changes, allowed: true } : { changes, allowed: false, because };
}

/** A change that cannot be read is one that nobody can call harmless. */
async function readableChanges(pdf: Pdf, signature: SignatureFacts): Promise<readonly Change[]> {
  try {
    return await changesAfter(pdf, signature);
  } catch (error) {
    if (isPdfError(error, 'pdf-damaged')) return [{ kind: 'other', what: error.message }];
    throw error;
  }
}

async function changesAfter(pdf: Pdf, signature: SignatureFacts): Promise<readonly Change[]> {
  const { laterSections: sections } = signature;
  if (pdf.repaired) return [{ kind: 'other', what: 'the revisions cannot be told apart' }];
  if (!(await endsAsSigned(pdf, signature)))
    return [{ kind: 'other', what: 'the signed revision has other cross-references' }];
  if (sections === 0) return [];
  const after = pdf.objects;
  const before = after.before(sections);
  if (before.xref.sections.length === 0) return [{ kind: 'other', what: 'the signed revision is gone' }];
  const differs = await differing(before, after, sections);
  const comparison: Comparison = { before, after, changes: [], explained: new Set(), differs };
  await compareCatalog(comparison, pdf);
  await compareForm(comparison, pdf);
  await comparePages(comparison);
  await account(comparison, pdf);
  return [...new Map(comparison.changes.map((change) => [`${change.kind} ${change.what}`, change])).values()];
}

/**
 * True when the sections that came later are the newest ones, and the next is the one that the signed bytes end with: else a later
 * `startxref` could lead to one that hides inside them.
 */
async function endsAsSigned({ objects }: Pdf, { end, laterSections }: SignatureFacts): Promise<boolean> {
  const { xref, blocks, budget } = objects;
  if (xref.sections.slice(0, laterSections).some(({ offset }) => offset < end)) return false;
  const signed = xref.sections[laterSections];
  const start = await startXref(blocks, budget, end);
  return signed !== undefined && Math.abs(signed.offset - xref.base - start) <= near;
}

async function differing(before: Objects, after: Objects, sections: number): Promise<ReadonlySet<number>> {
  const differs = new Set<number>();
  for (const { entries, hidden } of after.xref.sections.slice(0, sections)) {
    for (const num of [...entries.numbers(), ...(hidden?.numbers() ?? [])]) {
      const [old, now] = [await before.load(num), await after.load(num)];
      if (!(await sameObject(before, after, old, now))) differs.add(num);
    }
  }
  return differs;
}

/** What no rule explains: an object that was there is `other`; a new one only when something leads to it. */
async function account({ before, after, changes, explained, differs }: Comparison, pdf: Pdf): Promise<void> {
  const left: number[] = [];
  for (const num of differs) {
    if (explained.has(num)) continue;
    const [old, now] = [await before.load(num), await after.load(num)];
    const type = asName(as('stream', now?.value)?.dict.entries.get('Type'));
    if (old === undefined && (type === 'XRef' || type === 'ObjStm')) continue;
    if (old === undefined) left.push(num);
    else changes.push({ kind: 'other', what: `object ${num}` });
  }
  if (left.length === 0) return;
  const reached = await reachable(after, [pdf.catalogRef], () => false, mostWalked);
  for (const num of left) {
    if (reached === undefined || reached.has(num)) changes.push({ kind: 'other', what: `object ${num}` });
  }
}

function forbidden(pdf: Pdf, signature: SignatureFacts, changes: readonly Change[]): Changes['because'] {
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (kinds.has('other')) return 'other';
  const earlier = pdf.signatures.filter(({ end }) => end <= signature.end);
  const levels = earlier
    .flatMap(({ certifies, locks: lock }) => [certifies, lock?.permission])
    .filter((level) => level !== undefined);
  const level = Math.min(4, ...levels);
  const form = kinds.has('signature') || kinds.has('form-fill') || kinds.has('new-field');
  if (level === 1 && (form || kinds.has('annotations') || kinds.has('metadata'))) return 'certified';
  if (level === 2 && kinds.has('annotations')) return 'certified';
  const touched = changes.filter(({ kind }) => kind === 'signature' || kind === 'form-fill' || kind === 'new-field');
  const locked = earlier.some(({ locks: lock }) => lock !== undefined && touched.some(({ what }) => locks(lock, what)));
  return locked ? 'locked' : undefined;
}
