/** The kinds of PDF objects (ISO 32000-1 §7.3). Names and keywords are strings of bytes, one character each. */
export type PdfValue =
  PdfNull | boolean | number | PdfName | PdfString | PdfRef | readonly PdfValue[] | PdfDict | PdfStream;

export interface PdfNull {
  readonly kind: 'null';
}
export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}
export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  /** Written in hexadecimal. */
  readonly hex?: boolean;
  /** Stays as it is in an encrypted document. */
  readonly clear?: boolean;
}
export interface PdfRef {
  readonly kind: 'ref';
  readonly num: number;
  readonly gen: number;
}
export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
}
/** A stream of the document (`start` is the offset of its data), or a new one with its data. */
export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  readonly start: number;
  readonly data?: Uint8Array;
}

export const pdfNull: PdfNull = { kind: 'null' };

export const name = (text: string): PdfName => ({ kind: 'name', name: text });
export const ref = (num: number, gen = 0): PdfRef => ({ kind: 'ref', num, gen });

/** A dictionary of what is not undefined, in this order. */
export function dict(entries: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  const kept = Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined);
  return { kind: 'dict', entries: new Map(kept) };
}

/** `base` with these entries; one that is undefined is removed. The others keep their place and value. */
export function withEntries(base: PdfDict, changes: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  const entries = new Map(base.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return { kind: 'dict', entries };
}

/** A new stream. */
export function stream(entries: Readonly<Record<string, PdfValue | undefined>>, data: Uint8Array): PdfStream {
  return { kind: 'stream', dict: dict(entries), start: -1, data };
}

type Kind = 'null' | 'name' | 'string' | 'ref' | 'dict' | 'stream';
type OfKind<K extends Kind> = Extract<PdfValue, { readonly kind: K }>;

/** `value` when it is of this kind. */
export function as<K extends Kind>(kind: K, value: PdfValue | undefined): OfKind<K> | undefined {
  return typeof value === 'object' && 'kind' in value && value.kind === kind ? (value as OfKind<K>) : undefined;
}

export const asArray = (value: PdfValue | undefined): readonly PdfValue[] | undefined =>
  Array.isArray(value) ? (value as readonly PdfValue[]) : undefined;
export const asNumber = (value: PdfValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
export const asInteger = (value: PdfValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
export const asName = (value: PdfValue | undefined): string | undefined => as('name', value)?.name;
