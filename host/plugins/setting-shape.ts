import type { LocalText, PanelField, SettingChoice, SettingContribution, SettingKind } from '@sigill/core';
import { boolean, byKind, either, listOf, Mismatch, number, oneOf, record, type Shape, text } from './shape.js';

/** A sentence for a person: one for all languages, or one for each. */
export const localText = (longest: number): Shape<LocalText> =>
  either<string, LocalText>(text(longest), record({ en: text(longest), sv: text(longest), fi: text(longest) }));

/** The name of a setting or of a field. */
export const settingKey = text(50, /^[a-z][a-z0-9-]*$/);

const choice: Shape<SettingChoice> = record({ value: text(100), label: localText(200) });
const own = { key: settingKey };
const words = { help: localText(500) };

/** A field of a form, or with `title` in place of `label` a setting of the manifest. */
function kinds<N extends 'title' | 'label'>(name: N): Shape<never> {
  const common = { ...own, [name]: localText(200) };
  return byKind('type', {
    text: record({ ...common, type: oneOf('text'), default: text(1_000) }, words),
    number: inRange(
      record({ ...common, type: oneOf('number'), default: number, min: number, max: number }, words) as never,
    ),
    boolean: record({ ...common, type: oneOf('boolean'), default: boolean }, words),
    choice: amongChoices(
      record({ ...common, type: oneOf('choice'), default: text(100), choices: listOf(choice, 100) }, words) as never,
    ),
  }) as Shape<never>;
}

function inRange(shape: Shape<Extract<SettingKind, { type: 'number' }>>): Shape<SettingKind> {
  return (value, path) => {
    const found = shape(value, path);
    if (found.default < found.min || found.default > found.max)
      throw new Mismatch(`${path}.default`, 'lies outside of min and max');
    return found;
  };
}

function amongChoices(shape: Shape<Extract<SettingKind, { type: 'choice' }>>): Shape<SettingKind> {
  return (value, path) => {
    const found = shape(value, path);
    if (!found.choices.some((one) => one.value === found.default))
      throw new Mismatch(`${path}.default`, 'is not among its choices');
    return found;
  };
}

/** A setting of a manifest. */
export const settingContribution: Shape<SettingContribution> = kinds('title');

const extension = text(10, /^[a-z0-9]+$/);
const field = { ...own, label: localText(200) };

/** A field of a panel's form. */
export const panelField: Shape<PanelField> = (value, path) => {
  const found = fieldType(value);
  if (found === 'documents')
    return record({ ...field, type: oneOf('documents'), accept: listOf(extension, 20), many: boolean }, words)(
      value,
      path,
    );
  if (found === 'area')
    return record({ ...field, type: oneOf('area'), documents: settingKey, default: text(100) }, words)(value, path);
  if (found === 'password')
    return record({ ...own, type: oneOf('password'), documents: settingKey, locked: text(100) })(value, path);
  return kinds('label')(value, path);
};

function fieldType(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
}
