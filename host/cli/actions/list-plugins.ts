import { inLanguage } from '@sigill/core';
import { failureText } from '../../messages/failure-text.js';
import type { Texts } from '../../messages/texts.js';
import type { PluginState } from '../../plugins/plugin-host.js';
import type { Context } from '../context.js';
import type { Say } from '../say.js';

/** Lists the plugins, what they offer and what they may use. Starts none of them. */
export async function listPlugins({ say, texts, withHost }: Context): Promise<void> {
  await withHost(async (host) => {
    const states = await host.plugins();
    say.answer({ plugins: states.map((state) => pluginDocument(state, texts)) }, () =>
      states.length === 0 ? [texts.text('plugins.none')] : states.flatMap((state) => pluginLines(state, texts, say)),
    );
  });
}

function pluginDocument({ name, origin, folder, state, plugin, failure }: PluginState, texts: Texts): object {
  const manifest = plugin?.manifest;
  return {
    name,
    title: manifest && inLanguage(manifest.title, texts.language),
    version: manifest?.version,
    state,
    origin,
    folder,
    activation: manifest?.activation,
    permissions: manifest?.permissions,
    commands: manifest?.contributes.commands?.map(({ id, title }) => ({
      id,
      title: inLanguage(title, texts.language),
    })),
    cardProfiles: manifest?.contributes.cardProfiles,
    failure,
  };
}

function pluginLines({ name, plugin, failure }: PluginState, texts: Texts, say: Say): readonly string[] {
  const { paint } = say;
  const why = failure === undefined ? [] : say.sentence(failureText(texts, failure), '    ');
  if (plugin === undefined) return [`${paint.bad('!')} ${paint.strong(name)}`, ...why];
  const { title, version, permissions, activation, contributes } = plugin.manifest;
  const { commands = [], cardProfiles = [] } = contributes;
  const row = (key: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : say.sentence(texts.text(key, { list: items.join(', ') }), '    ');
  return [
    `${why.length === 0 ? '●' : paint.bad('!')} ${paint.strong(inLanguage(title, texts.language))}  ${paint.faint(`${name} ${version}`)}`,
    ...row(
      'plugins.commands',
      commands.map(({ id }) => id),
    ),
    ...row('plugins.permissions', permissions),
    ...row('plugins.starts', activation),
    ...(cardProfiles.length === 0 ? [] : [`    ${texts.text('plugins.profiles', { count: cardProfiles.length })}`]),
    ...why,
  ];
}
