import { Failure, inLanguage, type SettingValue } from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import { isLikeCode, misfit } from '../plugins/setting-values.js';
import { chooseLanguage } from './choose-language.js';
import type { HostDesk } from './host-desk.js';
import { hostOwner } from './settings-view.js';

/** Keeps what the person chose. Fails with `setting-unknown`, `setting-invalid`, `value-like-code`, `plugin-unknown`, `file-unwritable`. */
export function changeSetting(desk: HostDesk, owner: string, key: string, value: SettingValue): void {
  if (owner === hostOwner) return changeOwn(desk, key, value);
  const { host, settings } = desk.needs;
  const manifest = host.plugins.list().find(({ name }) => name === owner)?.plugin?.manifest;
  if (manifest === undefined) throw new Failure('plugin-unknown', { plugin: cleanLine(owner, 100) });
  const setting = manifest.contributes.settings?.find((one) => one.key === key);
  if (setting === undefined) throw new Failure('setting-unknown', { key: cleanLine(key, 50) });
  const why = misfit(setting, value);
  if (why !== undefined) throw new Failure('setting-invalid', { key, why });
  if (setting.type === 'text' && isLikeCode(value))
    throw new Failure('value-like-code', { label: inLanguage(setting.title, desk.language) });
  settings.chooseForPlugin(owner, { values: { [key]: value } });
}

function changeOwn(desk: HostDesk, key: string, value: SettingValue): void {
  if (key === 'language') return chooseLanguage(desk, String(value));
  if (key !== 'autostart' && key !== 'openByItself' && key !== 'pkcs11')
    throw new Failure('setting-unknown', { key: cleanLine(key, 50) });
  if (typeof value !== 'boolean') throw new Failure('setting-invalid', { key, why: 'boolean' });
  if (key === 'autostart') desk.needs.autostart(value);
  desk.needs.settings.choose({ [key]: value });
}
