import { isAbsolute } from 'node:path';
import { Failure, inLanguage, type SettingValue } from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import { isLikeCode, misfit } from '../plugins/setting-values.js';
import { themes } from '../settings/chosen.js';
import { chooseLanguage } from './choose-language.js';
import type { HostDesk } from './host-desk.js';
import { asTheSystem, hostOwner } from './settings-view.js';

/** The host's own settings that are on or off. */
const switches = ['autostart', 'fileMenu', 'openByItself', 'notifications', 'journal', 'pkcs11'] as const;

/** Keeps what the person chose. Fails with `setting-unknown`, `setting-invalid`, `value-like-code`, `plugin-unknown`, `file-unwritable`. */
export async function changeSetting(desk: HostDesk, owner: string, key: string, value: SettingValue): Promise<void> {
  if (owner === hostOwner) return await changeOwn(desk, key, value);
  const { host, settings } = desk.needs;
  const manifest = host.plugins.list().find(({ name }) => name === owner)?.plugin?.manifest;
  if (manifest === undefined) throw new Failure('plugin-unknown', { plugin: cleanLine(owner, 100) });
  const setting = manifest.contributes.settings?.find((one) => one.key === key);
  if (setting === undefined) throw new Failure('setting-unknown', { key: cleanLine(key, 50) });
  const why = misfit(setting, value);
  if (why !== undefined) throw new Failure('setting-invalid', { key, why });
  if (setting.type === 'text' && isLikeCode(value))
    throw new Failure('value-like-code', { label: inLanguage(setting.title, desk.language) });
  await settings.chooseForPlugin(owner, { values: { [key]: value } });
}

async function changeOwn(desk: HostDesk, key: string, value: SettingValue): Promise<void> {
  if (key === 'language') return await chooseLanguage(desk, String(value));
  if (key === 'trustFile') return await chooseTrustFile(desk, value);
  if (key === 'theme') return await chooseTheme(desk, value);
  if (!switches.some((known) => known === key)) throw new Failure('setting-unknown', { key: cleanLine(key, 50) });
  if (typeof value !== 'boolean') throw new Failure('setting-invalid', { key, why: 'boolean' });
  if (key === 'autostart') desk.needs.autostart(value);
  if (key === 'fileMenu') desk.needs.fileMenu?.want(value);
  await desk.needs.settings.choose({ [key]: value });
}

/** A path from the root, or nothing. */
async function chooseTrustFile(desk: HostDesk, value: SettingValue): Promise<void> {
  if (typeof value !== 'string' || value.length > 1_000 || (value !== '' && !isAbsolute(value)))
    throw new Failure('setting-invalid', { key: 'trustFile', why: '/…' });
  await desk.needs.settings.choose({ trustFile: value });
}

async function chooseTheme({ needs }: HostDesk, value: SettingValue): Promise<void> {
  const theme = themes.find((known) => known === value);
  if (theme === undefined && value !== asTheSystem)
    throw new Failure('setting-invalid', { key: 'theme', why: [asTheSystem, ...themes].join(', ') });
  await needs.settings.choose({ theme });
}
