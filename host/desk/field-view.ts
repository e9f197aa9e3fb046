import type { LocalText, SettingKind, SettingValue } from '@sigill/core';
import type { FieldView } from '../window/view/panel-view.js';

type Field = { readonly key: string; readonly help?: LocalText } & SettingKind;

/** A setting, or a field of a form, in the person's language. */
export function fieldView(
  field: Field,
  label: LocalText,
  value: SettingValue,
  words: (text: LocalText) => string,
): FieldView {
  const { key, help, type } = field;
  return {
    key,
    label: words(label),
    ...(help === undefined ? {} : { help: words(help) }),
    type,
    value,
    ...(type === 'choice'
      ? { choices: field.choices.map((choice) => ({ value: choice.value, label: words(choice.label) })) }
      : {}),
  };
}
