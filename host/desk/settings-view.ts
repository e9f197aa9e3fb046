import { inLanguage, languages, type LocalText } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { cleanText } from '../plugins/clean-text.js';
import { settingValues } from '../plugins/setting-values.js';
import { themes } from '../settings/chosen.js';
import type { FieldView } from '../window/view/panel-view.js';
import type { SettingsView } from '../window/view/window-view.js';
import type { DeskState } from './desk-state.js';
import { fieldView } from './field-view.js';
import { pluginTitle } from './plugin-view.js';

/** Names of the languages, each in its own. */
export const languageNames = { sv: 'Svenska', fi: 'Suomi', en: 'English' } as const;

/** The owner of the host's own settings. */
export const hostOwner = 'sigill';

/** The theme of who has chosen none. */
export const asTheSystem = 'system';

/** The host's settings, then those of each plugin that has some. */
export function settingsViews(
  { language, chosen, plugins, fileMenu }: DeskState,
  texts: Texts,
): readonly SettingsView[] {
  const words = (text: LocalText): string => cleanText(inLanguage(text, language));
  const own: readonly FieldView[] = [
    {
      key: 'language',
      label: texts.text('settings.language'),
      type: 'choice',
      value: language,
      choices: languages.map((value) => ({ value, label: languageNames[value] })),
    },
    {
      key: 'theme',
      label: texts.text('settings.theme'),
      type: 'choice',
      value: chosen.theme ?? asTheSystem,
      choices: [asTheSystem, ...themes].map((value) => ({ value, label: texts.text(`settings.theme.${value}`) })),
    },
    yesOrNo('autostart', 'autostart', chosen.autostart ?? false, texts),
    yesOrNo('fileMenu', 'file-menu', fileMenu(), texts),
    yesOrNo('openByItself', 'open-by-itself', chosen.openByItself ?? true, texts),
    yesOrNo('notifications', 'notifications', chosen.notifications ?? true, texts),
    yesOrNo('journal', 'journal', chosen.journal ?? true, texts),
    {
      key: 'trustFile',
      label: texts.text('settings.trust-file'),
      help: texts.text('settings.trust-file.help'),
      type: 'text',
      value: chosen.trustFile ?? '',
    },
    yesOrNo('pkcs11', 'pkcs11', chosen.pkcs11 ?? true, texts),
  ];
  const others = plugins.flatMap((found): readonly SettingsView[] => {
    const { plugin } = found;
    const fields = plugin?.manifest.contributes.settings ?? [];
    if (plugin === undefined || fields.length === 0) return [];
    const values = settingValues(plugin.manifest, chosen.plugins[found.name]?.values);
    return [
      {
        owner: found.name,
        title: pluginTitle(found, texts),
        fields: fields.map((field) => fieldView(field, field.title, values[field.key] ?? field.default, words)),
      },
    ];
  });
  return [{ owner: hostOwner, title: texts.text('settings.sigill'), fields: own }, ...others];
}

function yesOrNo(key: string, name: string, value: boolean, texts: Texts): FieldView {
  const label = texts.text(`settings.${name}`);
  return { key, label, help: texts.text(`settings.${name}.help`), type: 'boolean', value };
}
