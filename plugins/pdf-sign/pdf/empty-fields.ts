import { type FieldLock, readLock } from './field-lock.js';
import type { Field } from './form.js';
import type { Objects } from './objects-reader.js';
import { as, asArray, asInteger, asName, asNumber, type PdfDict, type PdfRef, type PdfValue } from './objects.js';
import type { Box } from './pages.js';
import { textOf } from './text.js';

/** What the author of an empty signature field asks for (ISO 32000-2 §12.7.5.5, table 237). `required` names the keys that are not only wishes. */
export interface Seed {
  readonly filter?: string;
  readonly subFilters?: readonly string[];
  /** `SHA256`, `SHA384`, … */
  readonly digests?: readonly string[];
  readonly reasons?: readonly string[];
  /** 0: an ordinary signature; 1 to 3: a certification of this level. */
  readonly certifies?: 0 | 1 | 2 | 3;
  readonly revocationInfo?: boolean;
  /** The author limits which certificates may sign. */
  readonly certificates?: boolean;
  /** Address of the timestamp service to be used. */
  readonly timestampUrl?: string;
  readonly required: readonly string[];
}

/** A signature field without a signature. */
export interface EmptyField {
  readonly name: string;
  readonly ref: PdfRef;
  /** Where it shows: left, bottom, right, top; undefined when it is invisible. */
  readonly rect?: Box;
  /** The page's object. */
  readonly page?: PdfRef;
  readonly seed?: Seed;
  readonly lock?: FieldLock;
  readonly readOnly: boolean;
}

// Table 237, /Ff.
const flags = [
  'Filter',
  'SubFilter',
  'V',
  'Reasons',
  'LegalAttestation',
  'AddRevInfo',
  'DigestMethod',
  'LockDocument',
  'AppearanceFilter',
];

/** All empty signature fields that can be signed into. */
export async function readEmptyFields(objects: Objects, fields: readonly Field[]): Promise<EmptyField[]> {
  const found: EmptyField[] = [];
  for (const { ref, dict, name, type, value, widgets } of fields) {
    if (type !== 'Sig' || ref === undefined || (await objects.dict(value)) !== undefined) continue;
    const widget = await objects.dict(widgets[0]);
    const rect = await rectOf(objects, widget);
    const page = as('ref', widget?.entries.get('P'));
    const seed = await seedOf(objects, dict);
    const lock = await readLock(objects, dict.entries.get('Lock'));
    const readOnly = ((asInteger(await objects.get(dict, 'Ff')) ?? 0) & 1) === 1;
    found.push({
      name,
      ref,
      readOnly,
      ...(rect && { rect }),
      ...(page && { page }),
      ...(seed && { seed }),
      ...(lock && { lock }),
    });
  }
  return found;
}

async function rectOf(objects: Objects, widget: PdfDict | undefined): Promise<Box | undefined> {
  const numbers: number[] = [];
  for (const item of (asArray(await objects.get(widget, 'Rect')) ?? []).slice(0, 4)) {
    numbers.push(asNumber(await objects.resolve(item)) ?? 0);
  }
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  if (a === c || b === d) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

async function seedOf(objects: Objects, field: PdfDict): Promise<Seed | undefined> {
  const seed = await objects.dict(field.entries.get('SV'));
  if (seed === undefined) return undefined;
  const texts = async (key: string): Promise<string[] | undefined> => {
    const items = asArray(await objects.get(seed, key));
    if (items === undefined) return undefined;
    const values = await Promise.all(items.slice(0, 100).map((item) => objects.resolve(item)));
    return values.map(wordOf).filter((word) => word !== undefined);
  };
  const bits = asInteger(await objects.get(seed, 'Ff')) ?? 0;
  const [filter, subFilters, digests, reasons] = [
    asName(await objects.get(seed, 'Filter')),
    await texts('SubFilter'),
    await texts('DigestMethod'),
    await texts('Reasons'),
  ];
  const mdp = asInteger(await objects.get(await objects.dict(seed.entries.get('MDP')), 'P'));
  const revocation = await objects.get(seed, 'AddRevInfo');
  const certificates = await objects.dict(seed.entries.get('Cert'));
  const timestamp = await objects.dict(seed.entries.get('TimeStamp'));
  const url = as('string', await objects.get(timestamp, 'URL'));
  const required = flags.filter((_, bit) => (bits >> bit) & 1);
  if (((asInteger(await objects.get(certificates, 'Ff')) ?? 0) & 0x7f) !== 0) required.push('Cert');
  if (asInteger(await objects.get(timestamp, 'Ff')) === 1) required.push('TimeStamp');
  return {
    required,
    ...(filter !== undefined && { filter }),
    ...(subFilters && { subFilters }),
    ...(digests && { digests }),
    ...(reasons && { reasons }),
    ...((mdp === 0 || mdp === 1 || mdp === 2 || mdp === 3) && { certifies: mdp }),
    ...(revocation === true && { revocationInfo: true }),
    ...(certificates && { certificates: true }),
    ...(url && { timestampUrl: textOf(url.bytes) }),
  };
}

function wordOf(value: PdfValue): string | undefined {
  const string = as('string', value);
  return string === undefined ? asName(value) : textOf(string.bytes);
}
