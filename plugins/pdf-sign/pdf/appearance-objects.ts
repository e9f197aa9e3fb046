import { as, type PdfRef, type PdfValue } from './objects.js';
import type { Update } from './update.js';

/**
 * A signature's looks: PDF objects that refer to each other by their place in this list (`local`). The first is the form XObject.
 * The writer gives them numbers; streams come decoded as they are to be written, with their /Filter when they are compressed.
 */
export type AppearanceObjects = readonly PdfValue[];

/** A reference to the object at this place in the list. */
export const local = (index: number): PdfRef => ({ kind: 'ref', num: index, gen: -1 });

/** Adds the objects to an update; gives the reference of the form XObject. */
export function addAppearance(update: Update, objects: AppearanceObjects): PdfRef {
  const refs = objects.map(() => update.reserve());
  objects.forEach((value, index) => {
    const to = refs[index];
    if (to !== undefined) update.set(to, numbered(value, refs));
  });
  const [form] = refs;
  if (form === undefined) throw new Error('an appearance has at least a form XObject');
  return form;
}

function numbered(value: PdfValue, refs: readonly PdfRef[]): PdfValue {
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map((item) => numbered(item, refs));
  const to = as('ref', value);
  if (to !== undefined) return to.gen === -1 ? (refs[to.num] ?? to) : to;
  const stream = as('stream', value);
  const dict = as('dict', value) ?? stream?.dict;
  if (dict === undefined) return value;
  const entries = new Map([...dict.entries].map(([key, item]) => [key, numbered(item, refs)]));
  return stream === undefined ? { kind: 'dict', entries } : { ...stream, dict: { kind: 'dict', entries } };
}
