import { inLanguage } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { ActionView } from '../window/view/action-view.js';
import type { PluginView } from '../window/view/window-view.js';

/** What people call a plugin. */
export function pluginTitle({ name, plugin }: PluginState, texts: Texts): string {
  return plugin === undefined ? name : inLanguage(plugin.manifest.title, texts.language);
}

/** A plugin: how it does, what it may, and what it wrote to the log. */
export function pluginView(found: PluginState, log: readonly string[], texts: Texts): PluginView {
  const { name, origin, state, plugin, failure } = found;
  const permissions = plugin?.manifest.permissions ?? [];
  return {
    name,
    title: pluginTitle(found, texts),
    version: plugin?.manifest.version ?? '',
    origin: texts.text(`plugin.origin.${origin}`),
    state: texts.text(`plugin.state.${state}`),
    permissions: permissions.map((permission) => texts.text(`permission.${permission}`)),
    ...(failure === undefined ? {} : { failure: failureText(texts, failure) }),
    log,
    actions: actions(found, texts),
  };
}

const choices: Readonly<Record<PluginState['state'], readonly string[]>> = {
  stopped: ['start', 'disable'],
  starting: ['stop', 'disable'],
  running: ['stop', 'disable'],
  stopping: ['disable'],
  // Enabling forgets how it failed.
  failed: ['enable', 'disable'],
  disabled: ['enable'],
  data: [],
  broken: [],
};

function actions({ name, state }: PluginState, texts: Texts): readonly ActionView[] {
  return choices[state].map((choice) => ({
    command: `host.plugin.${choice}`,
    args: { plugin: name },
    label: texts.text(`action.${choice}`),
  }));
}
