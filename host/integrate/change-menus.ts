import type { Language } from '@sigill/core';
import { changeRegistry } from './change-registry.js';
import { findIntegrationPlace } from './find-place.js';
import { disintegrate, integrate, isIntegrated } from './integrate.js';
import { menuEntry } from './menu-entry.js';
import { registryKey } from './windows.js';

/** Puts *Sign PDF document* into the menus of the file managers that are here, or takes it away. Fails with `file-unwritable`. */
export function changeMenus(io: Parameters<typeof findIntegrationPlace>[0], language: Language, wanted: boolean): void {
  const place = findIntegrationPlace(io);
  const explorer = place.platform === 'win32';
  if (!wanted) {
    if (explorer) changeRegistry(['delete', registryKey, '/f']);
    disintegrate(place, menuEntry(language));
    return;
  }
  const integrated = integrate(place, menuEntry(language));
  if (explorer) changeRegistry(['import', ...integrated.flatMap(({ paths }) => paths)]);
}

/** True when the menu of at least one file manager has it. */
export function hasMenus(io: Parameters<typeof findIntegrationPlace>[0], language: Language): boolean {
  return isIntegrated(findIntegrationPlace(io), menuEntry(language));
}
