import type { Objects } from './objects-reader.js';
import { as, asArray, asInteger, asName, dict, name, type PdfDict, type PdfValue } from './objects.js';
import { textOf, textString } from './text.js';

/** Fields that may not change after a signature (ISO 32000-2 §12.7.5.5, §12.8.2.4), and what else may not. */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  /** Full names; a group stands for the fields in it. */
  readonly fields: readonly string[];
  /** As in a certification: 1 no changes, 2 filling in and signing, 3 comments too. */
  readonly permission?: 1 | 2 | 3;
}

/** True when the lock holds the field of this name. */
export function locks(lock: FieldLock, field: string): boolean {
  if (lock.action === 'All') return true;
  const listed = lock.fields.some((one) => field === one || field.startsWith(`${one}.`));
  return listed === (lock.action === 'Include');
}

/** Reads a /Lock dictionary or the parameters of a FieldMDP transform. */
export async function readLock(objects: Objects, value: PdfValue | undefined): Promise<FieldLock | undefined> {
  const found = await objects.dict(value);
  const action = asName(await objects.get(found, 'Action'));
  if (action !== 'All' && action !== 'Include' && action !== 'Exclude') return undefined;
  const fields: string[] = [];
  for (const item of asArray(await objects.get(found, 'Fields')) ?? []) {
    const string = as('string', await objects.resolve(item));
    if (string !== undefined) fields.push(textOf(string.bytes));
  }
  const permission = asInteger(await objects.get(found, 'P'));
  return permission === 1 || permission === 2 || permission === 3 ? { action, fields, permission } : { action, fields };
}

/** The lock as a dictionary of this type. */
export function lockDict(lock: FieldLock, type: 'SigFieldLock' | 'TransformParams'): PdfDict {
  return dict({
    Type: name(type),
    Action: name(lock.action),
    Fields: lock.action === 'All' ? undefined : lock.fields.map(textString),
    V: type === 'TransformParams' ? name('1.2') : undefined,
    P: lock.permission,
  });
}
