import type { PanelField } from '@sigill/core';

/** A field whose value a person types or picks, as a setting's. */
export type TypedField = Exclude<PanelField, { readonly type: 'documents' | 'area' | 'password' }>;

/** True for such a field. */
export function isTyped(field: PanelField): field is TypedField {
  return field.type !== 'documents' && field.type !== 'area' && field.type !== 'password';
}
