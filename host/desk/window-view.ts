import { languages } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import type { FactView } from '../window/view/action-view.js';
import type { WindowView } from '../window/view/window-view.js';
import { offered, sameArguments } from './action.js';
import { isUnderWay } from './activity.js';
import { activityView } from './activity-view.js';
import type { About, DeskState } from './desk-state.js';
import type { DeskWords } from './desk-texts.js';
import { documentViews } from './document-views.js';
import { panelViews } from './panel-view.js';
import { pluginTitle, pluginView } from './plugin-view.js';
import type { ReaderViews } from './reader-views.js';
import { languageNames, settingsViews } from './settings-view.js';

/** Everything that the window shows of `state`, in the words of its language. */
export function windowView(state: DeskState, { texts, page }: DeskWords, readers: ReaderViews): WindowView {
  const { language, chosen, plugins, activities, serviceAbsent, wish, about } = state;
  const running = activities.filter(isUnderWay);
  const runs = (command: string, args: object): boolean =>
    running.some((one) => one.command === command && sameArguments(one.args, args as never));
  // What buttons depend on beside the card: while it is the same, a reader is drawn as before.
  const signature = JSON.stringify([
    plugins.map(({ name, state }) => [name, state]),
    running.map(({ command, args }) => [command, args]),
  ]);
  const offers = offered(plugins, (found) => pluginTitle(found, texts), runs, signature);
  const own = (name: string | undefined) => plugins.find((found) => found.name === name)?.plugin?.texts;
  const given = (panel: string) => documentViews(state.documents(panel), state.documentsFolder, state.lock, texts);
  return {
    language,
    ...(chosen.theme === undefined ? {} : { theme: chosen.theme }),
    languages: languages.map((code) => ({ code, name: languageNames[code] })),
    words: page,
    ...(serviceAbsent === undefined
      ? {}
      : { service: failureText(texts, { code: 'service-absent', facts: { why: serviceAbsent } }) }),
    readers: readers.views(state, texts, offers),
    activities: activities.map((activity) => activityView(activity, own(activity.plugin), texts)),
    plugins: plugins.map((found) => pluginView(found, state.log(found.name), texts)),
    panels: plugins.flatMap((found) => panelViews(found, state.panel, given, offers, texts)),
    settings: settingsViews(state, texts),
    about: aboutFacts(about, texts),
    fileDialog: state.fileDialog,
    ...(wish === undefined ? {} : { wish }),
  };
}

function aboutFacts(about: About, texts: Texts): readonly FactView[] {
  const fact = (name: string, value: string): FactView => ({ name: texts.text(`about.${name}`), value });
  return [
    fact('version', about.version),
    fact('api', about.api),
    fact('node', about.node),
    fact('system', about.system),
    fact('cards', texts.text(about.simulated ? 'about.cards.simulated' : 'about.cards.real')),
    fact('log', about.log),
    fact('settings', about.settings),
    fact('plugins', about.plugins.join(', ')),
  ];
}
