import { join } from 'node:path';
import { changeRegistry } from '../../integrate/change-registry.js';
import { findIntegrationPlace } from '../../integrate/find-place.js';
import { disintegrate, integrate } from '../../integrate/integrate.js';
import { menuEntry } from '../../integrate/menu-entry.js';
import { registryKey } from '../../integrate/windows.js';
import { Settings } from '../../settings/settings.js';
import { SettingsFile } from '../../settings/settings-file.js';
import type { Context } from '../context.js';

/** Puts *Sign PDF document* into the menus of the file managers that are here, or takes it away. */
export async function integrateMenus(
  { io, texts, say, paths }: Context,
  { remove = false, all = false }: { readonly remove?: boolean; readonly all?: boolean },
): Promise<void> {
  const place = findIntegrationPlace(io);
  const entry = menuEntry(texts.language);
  const explorer = place.platform === 'win32';
  if (remove) {
    if (explorer) changeRegistry(['delete', registryKey, '/f']);
    const removed = disintegrate(place, entry);
    await choices(paths).choose({ fileMenu: false });
    const key = removed.length > 0 ? 'integrate.removed' : 'integrate.nothing';
    return say.answer({ removed }, () => [texts.text(key), ...removed.map((path) => `  ${path}`)]);
  }
  const integrated = integrate(place, entry, all);
  if (explorer) changeRegistry(['import', ...integrated.flatMap(({ paths }) => paths)]);
  await choices(paths).choose({ fileMenu: true });
  say.answer({ integrated: integrated.map(({ manager, paths }) => ({ manager, paths })) }, () => [
    texts.text('integrate.done'),
    ...integrated.flatMap(({ manager, paths }) => [
      `  ${texts.text(`integrate.manager.${manager}`)}`,
      ...paths.map((path) => `    ${path}`),
    ]),
    texts.text('integrate.later'),
  ]);
}

/** The person's settings: what is chosen here shows in the window of a host that runs. */
const choices = ({ config }: Context['paths']): Settings =>
  new Settings(new SettingsFile(join(config, 'settings.json')));
