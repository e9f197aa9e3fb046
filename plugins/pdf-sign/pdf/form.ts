import { limits } from './limits.js';
import type { Objects } from './objects-reader.js';
import { as, asArray, asName, type PdfDict, type PdfRef, pdfNull, type PdfValue } from './objects.js';
import { tooComplex } from './pdf-error.js';
import { textOf } from './text.js';

/** A field that has a value, as opposed to a group of fields. */
export interface Field {
  /** Undefined for a field that stands in the list itself. */
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  /** Names from the root, with dots between. */
  readonly name: string;
  /** `Sig`, `Tx`, `Btn`, `Ch`; inherited. */
  readonly type: string | undefined;
  /** Inherited. */
  readonly value: PdfValue;
  /** Its places on pages; the field itself when the two are one object. */
  readonly widgets: readonly PdfRef[];
}

/** The interactive form (ISO 32000-1 §12.7.2). */
export interface Form {
  /** Undefined when it stands in the catalog. */
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  readonly fields: readonly Field[];
  /** Names of the fields in the first row, groups too. */
  readonly rootNames: ReadonlySet<string>;
  /** A field is among its own ancestors, which makes verifiers give up. */
  readonly loop: boolean;
}

interface Open {
  readonly value: PdfValue;
  readonly names: readonly string[];
  readonly type: string | undefined;
  readonly inherited: PdfValue;
  readonly depth: number;
}

/** Reads the form, or gives undefined when the document has none. A loop is passed over. */
export async function readForm(objects: Objects, catalog: PdfDict): Promise<Form | undefined> {
  const value = catalog.entries.get('AcroForm');
  const dict = await objects.dict(value);
  if (dict === undefined) return undefined;
  const fields: Field[] = [];
  const rootNames = new Set<string>();
  const seen = new Set<number>();
  let visited = 0;
  let loop = false;
  const roots = asArray(await objects.get(dict, 'Fields')) ?? [];
  const open: Open[] = roots
    .toReversed()
    .map((root) => ({ value: root, names: [], type: undefined, inherited: pdfNull, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    visited += 1;
    if (visited > limits.nodes || next.depth > limits.depth) throw tooComplex('form fields');
    const to = as('ref', next.value);
    if (to !== undefined && seen.has(to.num)) continue;
    if (to !== undefined) seen.add(to.num);
    const node = as('dict', await objects.resolve(next.value));
    if (node === undefined) continue;
    loop ||= await hasLoop(objects, node);
    const own = as('string', await objects.get(node, 'T'));
    const names = own === undefined ? next.names : [...next.names, textOf(own.bytes)];
    if (next.depth === 0 && names[0] !== undefined) rootNames.add(names[0]);
    const type = asName(await objects.get(node, 'FT')) ?? next.type;
    const inherited = node.entries.get('V') ?? next.inherited;
    const kids = asArray(await objects.get(node, 'Kids')) ?? [];
    const named = await namedKids(objects, kids);
    for (const kid of named ? [] : kids) loop ||= await hasLoop(objects, await objects.dict(kid));
    if (named) {
      for (const kid of kids.toReversed()) open.push({ value: kid, names, type, inherited, depth: next.depth + 1 });
      continue;
    }
    const widgets = kids.map((kid) => as('ref', kid)).filter((kid) => kid !== undefined);
    const itself = to !== undefined && kids.length === 0 ? [to] : [];
    fields.push({
      ref: to,
      dict: node,
      name: names.join('.'),
      type,
      value: inherited,
      widgets: [...itself, ...widgets],
    });
  }
  return { ref: as('ref', value), dict, fields, rootNames, loop };
}

/** True when a field's kids are fields; kids without a name are its places on pages. */
async function namedKids(objects: Objects, kids: readonly PdfValue[]): Promise<boolean> {
  for (const kid of kids) {
    const dict = await objects.dict(kid);
    if (dict?.entries.has('T')) return true;
  }
  return false;
}

/** True when the chain of /Parent does not end. */
async function hasLoop(objects: Objects, node: PdfDict | undefined): Promise<boolean> {
  const seen = new Set<number>();
  for (let parent = as('ref', node?.entries.get('Parent')); parent !== undefined;) {
    if (seen.has(parent.num) || seen.size > limits.depth) return true;
    seen.add(parent.num);
    parent = as('ref', (await objects.dict(parent))?.entries.get('Parent'));
  }
  return false;
}
