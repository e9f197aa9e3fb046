import type { Loaded, Objects } from './objects-reader.js';
import { as, type PdfDict, type PdfValue, withEntries } from './objects.js';
import { serialize } from './serialize.js';
import { streamEnd } from './stream-end.js';

/** Longest stream data that is compared; longer data counts as different. */
const longest = 4 * 1024 * 1024;

/** True when two values mean the same, in whatever order their keys stand. */
export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return serialize(sorted(one)) === serialize(sorted(other));
}

/** True when an object is the same in two revisions, its stream data included. */
export async function sameObject(
  before: Objects,
  after: Objects,
  old: Loaded | undefined,
  now: Loaded | undefined,
): Promise<boolean> {
  const [was, is] = [as('stream', old?.value), as('stream', now?.value)];
  if (was === undefined && is === undefined) return sameValue(old?.value, now?.value);
  if (was === undefined || is === undefined) return false;
  if (!sameValue(withEntries(was.dict, { Length: undefined }), withEntries(is.dict, { Length: undefined })))
    return false;
  const [wasEnd, isEnd] = [await streamEnd(before, was), await streamEnd(after, is)];
  const length = wasEnd - was.start;
  if (length !== isEnd - is.start || length > longest) return false;
  if (was.start === is.start) return true;
  const [first, second] = [await before.blocks.read(was.start, length), await after.blocks.read(is.start, length)];
  return first.every((byte, at) => byte === second[at]);
}

function sorted(value: PdfValue): PdfValue {
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map(sorted);
  const dict = as('dict', value);
  if (dict === undefined) return value;
  const entries = [...dict.entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)] as const);
  return { kind: 'dict', entries: new Map(entries) } satisfies PdfDict;
}
