import type { Manifest, SettingValue } from '@sigill/core';

/** Every setting of a manifest with its value: the one that was chosen when it still fits, else the default. */
export function settingValues(
  { contributes: { settings = [] } }: Manifest,
  chosen: Readonly<Record<string, SettingValue>> = {},
): Readonly<Record<string, SettingValue>> {
  return Object.fromEntries(
    settings.map((setting) => {
      const value = chosen[setting.key];
      return [setting.key, value !== undefined && misfit(setting, value) === undefined ? value : setting.default];
    }),
  );
}

type Limits = {
  readonly type: 'text' | 'number' | 'boolean' | 'choice';
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly { readonly value: string }[];
};

/** Characters of a text that a person gives a plugin. */
const longest = 1_000;

/** Why a value does not fit a setting or a field; `undefined` when it does. */
export function misfit({ type, min, max, choices }: Limits, value: SettingValue): string | undefined {
  if (typeof value !== (type === 'choice' || type === 'text' ? 'string' : type)) return `${type}`;
  if (typeof value === 'number' && !(value >= (min ?? -Infinity) && value <= (max ?? Infinity))) return `${min}–${max}`;
  if (typeof value === 'string' && value.length > longest) return `≤ ${longest}`;
  if (choices && !choices.some((one) => one.value === value)) return choices.map((one) => one.value).join(', ');
  return undefined;
}

/** True for digits alone, as many as a card's code has, with spaces or signs between them or not. */
export function isLikeCode(value: SettingValue): boolean {
  return (
    typeof value !== 'boolean' &&
    /^\d{4,12}$/.test(
      String(value)
        .normalize('NFKC')
        .replace(/[\s.,_-]/g, ''),
    )
  );
}
