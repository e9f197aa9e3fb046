import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { as, asArray, dict, name, type PdfDict, type PdfRef, type PdfValue, stream, withEntries } from './objects.js';
import type { Pdf } from './open-pdf.js';
import { Update } from './update.js';

/** What a verifier needs later (EN 319 142-1 §5.4.2), each DER. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface LongTermWish extends ValidationData {
  /** Which of it belongs to which signature; `contents` is the signature's /Contents with the zeros that fill it. */
  readonly signatures?: readonly (ValidationData & { readonly contents: Uint8Array })[];
}

/** Most entries of an existing dictionary that are read to find out what is there already. */
const most = 2000;

/**
 * The update that adds validation data to the document's /DSS dictionary, or makes one; what is there stays.
 * To be appended; a document timestamp follows in an update of its own (`prepareSignature` with `ETSI.RFC3161`).
 */
export async function prepareLongTerm(pdf: Pdf, wish: LongTermWish): Promise<Uint8Array> {
  const { objects, catalog, catalogRef } = pdf;
  const update = new Update(objects);
  const listed = catalog.entries.get('DSS');
  const old = (await objects.dict(listed)) ?? dict({ Type: name('DSS') });
  const known = new Map<string, PdfRef>();
  const place = (bytes: Uint8Array): PdfRef => {
    const digest = bytesToHex(sha1(bytes));
    const to = known.get(digest) ?? update.add(stream({}, bytes));
    known.set(digest, to);
    return to;
  };
  const signatures = wish.signatures ?? [];
  const all = (kind: keyof ValidationData): readonly Uint8Array[] => [wish, ...signatures].flatMap((one) => one[kind]);
  const changes: Record<string, PdfValue> = {};
  for (const [key, kind] of [
    ['Certs', 'certificates'],
    ['OCSPs', 'ocsps'],
    ['CRLs', 'crls'],
  ] as const) {
    const before = await remember(pdf, old, key, known);
    const added = all(kind)
      .map(place)
      .filter((to) => !before.some((one) => as('ref', one)?.num === to.num));
    const unique = added.filter((to, at) => added.findIndex(({ num }) => num === to.num) === at);
    if (unique.length > 0) changes[key] = [...before, ...unique];
  }
  if (signatures.length > 0) {
    const before = (await objects.dict(old.entries.get('VRI'))) ?? dict({});
    changes['VRI'] = withEntries(
      before,
      Object.fromEntries(signatures.map((one) => [vriName(one.contents), vri(one, place)])),
    );
  }
  const to = as('ref', listed);
  if (to !== undefined) update.set(to, withEntries(old, changes));
  else update.set(catalogRef, withEntries(catalog, { DSS: update.add(withEntries(old, changes)) }));
  return (await update.bytes()).bytes;
}

/** Key of a signature in /VRI: the SHA-1 of its /Contents in capitals. */
export function vriName(contents: Uint8Array): string {
  return bytesToHex(sha1(contents)).toUpperCase();
}

function vri(data: ValidationData, place: (bytes: Uint8Array) => PdfRef): PdfDict {
  const list = (items: readonly Uint8Array[]): PdfValue | undefined =>
    items.length > 0 ? items.map(place) : undefined;
  return dict({ Type: name('VRI'), Cert: list(data.certificates), OCSP: list(data.ocsps), CRL: list(data.crls) });
}

/** The entries of an existing list; what they hold is remembered so that nothing is stored twice. */
async function remember(pdf: Pdf, old: PdfDict, key: string, known: Map<string, PdfRef>): Promise<readonly PdfValue[]> {
  const items = asArray(await pdf.objects.get(old, key)) ?? [];
  for (const item of items.slice(0, most)) {
    const to = as('ref', item);
    const found = as('stream', await pdf.objects.resolve(item));
    if (to === undefined || found === undefined) continue;
    known.set(bytesToHex(sha1(await pdf.objects.data(to.num, to.gen, found))), to);
  }
  return items;
}

/** The validation data that a document carries. */
export async function readLongTerm(pdf: Pdf): Promise<ValidationData | undefined> {
  const found = await pdf.objects.dict(pdf.catalog.entries.get('DSS'));
  if (found === undefined) return undefined;
  const list = async (key: string): Promise<Uint8Array[]> => {
    const data: Uint8Array[] = [];
    for (const item of (asArray(await pdf.objects.get(found, key)) ?? []).slice(0, most)) {
      const to = as('ref', item);
      const one = as('stream', await pdf.objects.resolve(item));
      if (to !== undefined && one !== undefined) data.push(await pdf.objects.data(to.num, to.gen, one));
    }
    return data;
  };
  return { certificates: await list('Certs'), ocsps: await list('OCSPs'), crls: await list('CRLs') };
}
