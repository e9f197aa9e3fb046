import type { TemplateResult } from 'lit';
import { tabs } from '../place.js';
import type { Scene } from '../scene.js';
import { about } from './about.js';
import { activation } from './activation.js';
import { codes } from './codes.js';
import { devices } from './devices.js';
import { journal } from './journal.js';
import { panel } from './panel.js';
import { plugins } from './plugins.js';
import { settings } from './settings.js';

/** The place where the person is. An unknown one is Devices. */
export function drawPlace(scene: Scene): TemplateResult {
  const [kind = '', ...rest] = scene.place.split(':');
  const name = rest.join(':');
  if (kind === 'activation') return activation(scene, name);
  if (kind === 'panel') return panel(scene, name);
  return (places[kind] ?? devices)(scene);
}

/** Its name, for the title of the window. */
export function placeTitle(scene: Scene): string {
  if (scene.place.startsWith('activation:')) return scene.word('page.activation');
  if (scene.place === 'journal') return scene.word('page.journal');
  const tab = tabs(scene.view).find(({ place }) => place === scene.place);
  return tab?.title ?? scene.word(tab?.key ?? 'page.devices');
}

const places: Readonly<Record<string, (scene: Scene) => TemplateResult>> = {
  devices,
  codes,
  plugins,
  settings,
  about,
  journal,
};
