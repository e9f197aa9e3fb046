import { limits } from './limits.js';
import type { Objects } from './objects-reader.js';
import { as, asArray, asInteger, asNumber, type PdfDict, type PdfRef, type PdfValue } from './objects.js';
import { damaged, PdfError, tooComplex } from './pdf-error.js';

/** Left, bottom, right, top in default user space units. */
export type Box = readonly [number, number, number, number];

/** One page, with what it inherits. */
export interface Page {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: Box;
  readonly cropBox: Box;
  /** Degrees clockwise: 0, 90, 180, 270. */
  readonly rotate: number;
  readonly userUnit: number;
}

interface Node {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

/** Number of pages, as the tree's root says or, when it says nothing usable, as they are counted. */
export async function pageCount(objects: Objects, catalog: PdfDict): Promise<number> {
  const root = await objects.dict(catalog.entries.get('Pages'));
  if (root === undefined) throw damaged('no pages');
  const count = asInteger(await objects.get(root, 'Count'));
  if (count !== undefined && count > 0 && count <= limits.number) return count;
  let counted = 0;
  await walk(objects, catalog, () => {
    counted += 1;
    return false;
  });
  return counted;
}

/** Page `number`, counted from 1. Fails with `pdf-page-unknown`, `pdf-damaged`, `pdf-too-complex`. */
export async function readPage(objects: Objects, catalog: PdfDict, number: number): Promise<Page> {
  let left = number;
  const path = await walk(
    objects,
    catalog,
    () => --left === 0,
    (count) => {
      if (count >= left) return false;
      left -= count;
      return true;
    },
  );
  const node = path?.at(-1);
  if (node === undefined || path === undefined) {
    throw new PdfError('pdf-page-unknown', { page: number, pages: await pageCount(objects, catalog) });
  }
  const inherited = async (key: string): Promise<PdfValue> => {
    const from = path.findLast(({ dict }) => dict.entries.has(key));
    return objects.get(from?.dict, key);
  };
  const mediaBox = (await boxOf(objects, await inherited('MediaBox'))) ?? [0, 0, 612, 792];
  const cropBox = within((await boxOf(objects, await inherited('CropBox'))) ?? mediaBox, mediaBox);
  const rotate = asInteger(await inherited('Rotate')) ?? 0;
  return {
    ...node,
    mediaBox,
    cropBox,
    rotate: rotate % 90 === 0 ? ((rotate % 360) + 360) % 360 : 0,
    userUnit: asNumber(await objects.get(node.dict, 'UserUnit')) ?? 1,
  };
}

/** Visits pages in their order until `found`; gives the path to that page. `skip` may pass over a subtree of so many pages. */
async function walk(
  objects: Objects,
  catalog: PdfDict,
  found: (page: Node) => boolean,
  skip: (count: number) => boolean = () => false,
): Promise<readonly Node[] | undefined> {
  const root = as('ref', catalog.entries.get('Pages'));
  if (root === undefined) throw damaged('no pages');
  const seen = new Set<number>();
  const open: { ref: PdfRef; path: readonly Node[] }[] = [{ ref: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.ref.num)) continue;
    seen.add(next.ref.num);
    if (seen.size > limits.nodes || next.path.length > limits.depth) throw tooComplex('the page tree');
    const node = as('dict', await objects.resolve(next.ref));
    if (node === undefined) continue;
    const path = [...next.path, { ref: next.ref, dict: node }];
    const kids = asArray(await objects.get(node, 'Kids'));
    if (kids === undefined) {
      if (found({ ref: next.ref, dict: node })) return path;
      continue;
    }
    const count = asInteger(await objects.get(node, 'Count'));
    if (next.path.length > 0 && count !== undefined && count > 0 && skip(count)) continue;
    for (const kid of kids.toReversed()) {
      const to = as('ref', kid);
      if (to !== undefined) open.push({ ref: to, path });
    }
  }
  return undefined;
}

async function boxOf(objects: Objects, value: PdfValue): Promise<Box | undefined> {
  const items = asArray(value);
  if (items?.length !== 4) return undefined;
  const numbers = await Promise.all(items.map(async (item) => asNumber(await objects.resolve(item))));
  const [a, b, c, d] = numbers;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** The part of a box that is inside another (ISO 32000-1 §14.11.2.1); the other when there is none. */
function within(box: Box, other: Box): Box {
  const cut: Box = [
    Math.max(box[0], other[0]),
    Math.max(box[1], other[1]),
    Math.min(box[2], other[2]),
    Math.min(box[3], other[3]),
  ];
  return cut[0] < cut[2] && cut[1] < cut[3] ? cut : other;
}
