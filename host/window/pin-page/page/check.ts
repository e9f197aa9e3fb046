import type { PinPageField } from '../view.js';
import { advice, type Advice } from './advice.js';

/** What the page says of one field while it is typed. `empty` says nothing, nor does `any`: what may be anything. */
export type Finding =
  | { readonly kind: 'empty' }
  | { readonly kind: 'any' }
  | { readonly kind: 'wrong'; readonly why: 'length' | 'check.digits' | 'check.differs' }
  | { readonly kind: 'good'; readonly note: 'check.good' | 'check.alike' | 'advice.same' | Advice };

/** Looks at field `at`, among what all fields hold. */
export function check(fields: readonly PinPageField[], values: readonly string[], at: number): Finding {
  const field = fields[at];
  const value = values[at] ?? '';
  if (field === undefined || value === '') return { kind: 'empty' };
  if (field.kind === 'password')
    return bytes(value) > field.maxLength ? { kind: 'wrong', why: 'length' } : { kind: 'any' };
  if (!/^[0-9]*$/.test(value)) return { kind: 'wrong', why: 'check.digits' };
  if (value.length < field.minLength || value.length > field.maxLength) return { kind: 'wrong', why: 'length' };
  if (field.repeats !== undefined) {
    const alike = values[field.repeats] === value;
    return alike ? { kind: 'good', note: 'check.alike' } : { kind: 'wrong', why: 'check.differs' };
  }
  if (field.kind !== 'new') return { kind: 'good', note: 'check.good' };
  const same = fields.some((other, index) => other.kind === 'new' && index !== at && values[index] === value);
  return { kind: 'good', note: same ? 'advice.same' : (advice(value) ?? 'check.good') };
}

/** True when nothing stands against sending it. */
export function isInOrder({ kind }: Finding): boolean {
  return kind === 'good' || kind === 'any';
}

function bytes(value: string): number {
  return new TextEncoder().encode(value).length;
}
