import { type AppearanceObjects, local } from '../pdf/appearance-objects.js';
import { as, asArray, dict, name, type PdfValue, stream, withEntries } from '../pdf/objects.js';
import type { Objects } from '../pdf/objects-reader.js';
import { openPdf, pageOf } from '../pdf/open-pdf.js';
import { reachable } from '../pdf/references.js';
import { sourceOf } from '../pdf/source.js';
import { streamEnd } from '../pdf/stream-end.js';
import { uprightMatrix } from './seen-place.js';

/** More objects than any page with two fonts and an image has. */
const most = 10_000;

/** The one page of a drawn document as a form XObject, with all that it refers to. */
export async function formObjects(
  drawn: Uint8Array,
  { width, height, rotate }: { readonly width: number; readonly height: number; readonly rotate: number },
): Promise<AppearanceObjects> {
  const pdf = await openPdf(sourceOf(drawn));
  const { objects } = pdf;
  const page = await pageOf(pdf, 1);
  const resources = await objects.get(page.dict, 'Resources');
  const numbers = [...((await reachable(objects, [resources], () => false, most)) ?? [])];
  const places = new Map(numbers.map((number, at) => [number, at + 1]));
  const form = stream(
    {
      Type: name('XObject'),
      Subtype: name('Form'),
      FormType: 1,
      BBox: [0, 0, width, height],
      Matrix: uprightMatrix(rotate, width, height),
      Resources: relocated(resources, places),
    },
    await content(objects, page.dict.entries.get('Contents')),
  );
  const others = await Promise.all(numbers.map(async (number) => relocated(await whole(objects, number), places)));
  return [form, ...others];
}

async function content(objects: Objects, value: PdfValue | undefined): Promise<Uint8Array> {
  const streams = asArray(await objects.resolve(value)) ?? (value === undefined ? [] : [value]);
  const parts: number[] = [];
  for (const one of streams) {
    const to = as('ref', one);
    const found = as('stream', await objects.resolve(one));
    if (to !== undefined && found !== undefined) parts.push(...(await objects.data(to.num, to.gen, found)), 0x0a);
  }
  return Uint8Array.from(parts);
}

/** An object with the data of its stream as it is stored. */
async function whole(objects: Objects, number: number): Promise<PdfValue> {
  const value = (await objects.load(number))?.value ?? dict({});
  const found = as('stream', value);
  if (found === undefined) return value;
  const data = await objects.blocks.read(found.start, (await streamEnd(objects, found)) - found.start);
  return { kind: 'stream', dict: withEntries(found.dict, { Length: data.length }), start: -1, data: data.slice() };
}

/** The value with its references turned to places in the list. */
function relocated(value: PdfValue, places: ReadonlyMap<number, number>): PdfValue {
  const items = asArray(value);
  if (items !== undefined) return items.map((item) => relocated(item, places));
  const to = as('ref', value);
  if (to !== undefined) return local(places.get(to.num) ?? 0);
  const found = as('stream', value);
  const entries = (as('dict', value) ?? found?.dict)?.entries;
  if (entries === undefined) return value;
  const moved = dict(Object.fromEntries([...entries].map(([key, item]) => [key, relocated(item, places)])));
  return found === undefined ? moved : { ...found, dict: moved };
}
