import { type Language, languages, type SettingValue } from '@sigill/core';
import { isObject, type JsonObject } from './settings-file.js';

export const themes = ['light', 'dark'] as const;

/** Colours of the window and of the code page. */
export type Theme = (typeof themes)[number];

/** What the person has chosen; what they have not is not there. */
export interface Chosen {
  readonly language?: Language;
  /** Absent: as the desktop has it. */
  readonly theme?: Theme;
  readonly autostart?: boolean;
  /** True: *Sign PDF document* stands in the menus of file managers. */
  readonly fileMenu?: boolean;
  /** False: the window does not open by itself for a card that needs activation. */
  readonly openByItself?: boolean;
  /** False: signatures are not written down. */
  readonly journal?: boolean;
  /** A file with further certificates that chains may end at. */
  readonly trustFile?: string;
  /** False: nothing is told by notifications of the desktop. */
  readonly notifications?: boolean;
  /** False: the card is not served to other programs (PKCS #11). */
  readonly pkcs11?: boolean;
  /** How to get a tray was told once. */
  readonly trayTold?: boolean;
  readonly plugins: Readonly<Record<string, ChosenForPlugin>>;
}

/** Choices of the host's own. */
export type Choice = { readonly [K in Exclude<keyof Chosen, 'plugins'>]?: Chosen[K] | undefined };

export interface ChosenForPlugin {
  readonly disabled?: boolean;
  readonly values?: Readonly<Record<string, SettingValue>>;
}

/** What can be used of the file; a value of another type is as if it were not there. */
export function chosenIn(content: JsonObject): Chosen {
  const { language, theme, autostart, fileMenu, openByItself, notifications, journal } = content;
  const { trustFile, pkcs11, trayTold, plugins } = content;
  const knownLanguage = languages.find((known) => known === language);
  const knownTheme = themes.find((known) => known === theme);
  return {
    ...(knownLanguage === undefined ? {} : { language: knownLanguage }),
    ...(knownTheme === undefined ? {} : { theme: knownTheme }),
    ...(typeof autostart === 'boolean' ? { autostart } : {}),
    ...(typeof fileMenu === 'boolean' ? { fileMenu } : {}),
    ...(typeof journal === 'boolean' ? { journal } : {}),
    ...(typeof trustFile === 'string' ? { trustFile } : {}),
    ...(typeof openByItself === 'boolean' ? { openByItself } : {}),
    ...(typeof notifications === 'boolean' ? { notifications } : {}),
    ...(typeof pkcs11 === 'boolean' ? { pkcs11 } : {}),
    ...(trayTold === true ? { trayTold } : {}),
    plugins: isObject(plugins)
      ? Object.fromEntries(Object.entries(plugins).flatMap(([name, chosen]) => forPlugin(name, chosen)))
      : {},
  };
}

function forPlugin(name: string, chosen: unknown): readonly (readonly [string, ChosenForPlugin])[] {
  if (!isObject(chosen) || name === '__proto__') return [];
  const { disabled, values } = chosen;
  const usable = isObject(values) ? Object.entries(values).filter(([, value]) => isSettingValue(value)) : [];
  return [[name, { ...(disabled === true ? { disabled } : {}), values: Object.fromEntries(usable) as never }]];
}

function isSettingValue(value: unknown): value is SettingValue {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
