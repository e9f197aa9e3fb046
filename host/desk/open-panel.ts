import { Failure } from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { HostDesk } from './host-desk.js';

/** A person opened a panel: what waits for that is started. Fails with `panel-unknown`. */
export function openPanel(desk: HostDesk, panel: string): void {
  ownerOf(desk, panel);
  // What was typed before is gone with the page that it stood in.
  desk.locks.askAgain(desk.given.of(panel).map(({ id }) => id));
  desk.needs.host.plugins.openPanel(panel);
}

/** The same by their own press on a button: how its plugin failed is forgotten. Fails with `panel-unknown`. */
export function openPanelAgain(desk: HostDesk, panel: string): void {
  const { name, state } = ownerOf(desk, panel);
  const { plugins } = desk.needs.host;
  if (state === 'failed') plugins.enable(name);
  plugins.openPanel(panel);
}

/** The plugin whose manifest has the panel. Fails with `panel-unknown`. */
export function ownerOf({ needs }: HostDesk, panel: string): PluginState {
  const owner = needs.host.plugins
    .list()
    .find(({ plugin }) => plugin?.manifest.contributes.panels?.some(({ id }) => id === panel));
  if (owner === undefined) throw new Failure('panel-unknown', { panel: cleanLine(panel, 100) });
  return owner;
}
