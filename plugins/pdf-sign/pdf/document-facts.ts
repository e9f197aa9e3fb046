import type { Objects } from './objects-reader.js';
import { as, asName, type PdfDict } from './objects.js';
import { isPdfError } from './pdf-error.js';
import { latin } from './text.js';

/** What a document claims about itself and brings along. */
export interface DocumentFacts {
  /** `1.7`, `2.0`: the header's or the catalog's, whichever is later. */
  readonly version: string;
  /** `2b`, `4`: the level of PDF/A that its metadata claims. */
  readonly pdfA: string | undefined;
  /** An XFA form; `dynamic` when its pages are made by the form's own program. */
  readonly xfa: 'static' | 'dynamic' | undefined;
  /** JavaScript that runs when the document opens or is used. */
  readonly scripts: boolean;
  /** The viewer is to draw the form's fields itself. */
  readonly needAppearances: boolean;
  /** Usage rights that an earlier program gave (/UR3), which end with any change. */
  readonly usageRights: boolean;
  /** Files inside the document. */
  readonly attachments: boolean;
  readonly tagged: boolean;
}

/** Reads the facts; what is damaged among them is as if it were not there. */
export async function readFacts(objects: Objects, catalog: PdfDict, form: PdfDict | undefined): Promise<DocumentFacts> {
  const header = /%PDF-(\d\.\d)/.exec(latin(await objects.blocks.read(0, 1040)))?.[1] ?? '1.4';
  const named = asName(await objects.get(catalog, 'Version'));
  const version = named !== undefined && /^\d\.\d$/.test(named) && named > header ? named : header;
  const names = await objects.dict(catalog.entries.get('Names'));
  const perms = await objects.dict(catalog.entries.get('Perms'));
  const xfa = form?.entries.has('XFA') ?? false;
  const action = asName(await objects.get(await objects.dict(catalog.entries.get('OpenAction')), 'S'));
  const mark = await objects.dict(catalog.entries.get('MarkInfo'));
  return {
    version,
    pdfA: pdfAOf(await metadata(objects, catalog)),
    xfa: xfa ? ((await objects.get(catalog, 'NeedsRendering')) === true ? 'dynamic' : 'static') : undefined,
    scripts: action === 'JavaScript' || names?.entries.has('JavaScript') === true || catalog.entries.has('AA'),
    needAppearances: (await objects.get(form, 'NeedAppearances')) === true,
    usageRights: perms?.entries.has('UR3') === true || perms?.entries.has('UR') === true,
    attachments: names?.entries.has('EmbeddedFiles') === true || catalog.entries.has('Collection'),
    tagged: (await objects.get(mark, 'Marked')) === true,
  };
}

async function metadata(objects: Objects, catalog: PdfDict): Promise<string> {
  const to = as('ref', catalog.entries.get('Metadata'));
  if (to === undefined) return '';
  try {
    const stream = as('stream', await objects.resolve(to));
    return stream === undefined ? '' : latin(await objects.data(to.num, to.gen, stream));
  } catch (error) {
    if (isPdfError(error)) return '';
    throw error;
  }
}

// ISO 19005-1 §6.7.11: pdfaid:part and pdfaid:conformance, as elements or attributes.
function pdfAOf(xmp: string): string | undefined {
  const value = (key: string): string | undefined =>
    new RegExp(`pdfaid:${key}(?:\\s*=\\s*["']|\\s*>\\s*)(\\w+)`).exec(xmp)?.[1];
  const part = value('part');
  return part === undefined ? undefined : `${part}${value('conformance')?.toLowerCase() ?? ''}`;
}
