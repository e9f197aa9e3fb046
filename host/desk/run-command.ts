import { type CommandArguments, Failure } from '@sigill/core';
import type { DocumentScope } from '../documents/document-scope.js';
import { testKey } from '../pin/test-key.js';
import { cleanLine } from '../plugins/clean-text.js';
import type { HostDesk } from './host-desk.js';
import { openPanelAgain } from './open-panel.js';
import { readerOf } from './reader-of.js';
import { openResult, resultsOf, showResult, verifyResult } from './result-commands.js';

/**
 * Starts a command of a plugin, or one of the host's own; how it ends is told by its activity.
 * `documents` are those that it works on; `over` hears its end; `secrets` are arguments that go to the plugin and are kept nowhere. Fails with `command-unknown`, `plugin-unknown`, `card-removed`.
 */
export async function runCommand(
  desk: HostDesk,
  command: string,
  args: CommandArguments,
  documents: readonly { readonly scope: DocumentScope }[] = [],
  over: () => void = () => {},
  secrets: CommandArguments = {},
): Promise<void> {
  const own = hostCommands.get(command);
  if (own !== undefined) return await own(desk, args);
  const { plugins } = desk.needs.host;
  const owner = plugins.commandOwner(command);
  if (owner === undefined) throw new Failure('command-unknown', { command: cleanLine(command, 100) });
  const title = owner.manifest.contributes.commands?.find(({ id }) => id === command)?.title ?? command;
  const what = { command, args, plugin: owner.manifest.name, title, ...where(desk, args) };
  desk.activities.start(what, async (signal, tell) => {
    const use = desk.given.use(documents);
    try {
      const { messages } = await plugins.run(command, { ...args, ...secrets }, signal, (progress) =>
        tell({ progress }),
      );
      const [only, ...others] = use.delivered();
      // What came of many is not thrown at the person.
      if (only !== undefined && others.length === 0) desk.needs.files?.open(only.path);
      return { messages };
    } finally {
      const results = resultsOf(desk, what.plugin, use.delivered());
      if (results.length > 0) tell({ results });
      use.end();
      over();
    }
  });
}

type HostCommand = (desk: HostDesk, args: CommandArguments) => Promise<void> | void;

const hostCommands: ReadonlyMap<string, HostCommand> = new Map<string, HostCommand>([
  ['host.details', (desk, { card }) => desk.readDetails(String(card))],
  ['host.test-key', testKeyOf],
  ['host.result.open', (desk, { result }) => openResult(desk, String(result))],
  ['host.result.show', (desk, { result }) => showResult(desk, String(result))],
  ['host.result.verify', (desk, { result }) => verifyResult(desk, String(result))],
  ['host.panel.again', (desk, { panel }) => openPanelAgain(desk, String(panel))],
  ['host.plugin.start', ({ needs }, { plugin }) => needs.host.plugins.launch(String(plugin))],
  ['host.plugin.stop', ({ needs }, { plugin }) => needs.host.plugins.stop(String(plugin))],
  ['host.plugin.disable', (desk, { plugin }) => disable(desk, String(plugin))],
  ['host.plugin.enable', (desk, { plugin }) => enable(desk, String(plugin))],
]);

/** For this time and for later ones. */
async function disable({ needs }: HostDesk, plugin: string): Promise<void> {
  await needs.host.plugins.disable(plugin);
  await needs.settings.chooseForPlugin(plugin, { disabled: true });
}

async function enable({ needs }: HostDesk, plugin: string): Promise<void> {
  needs.host.plugins.enable(plugin);
  await needs.settings.chooseForPlugin(plugin, { disabled: false });
}

function testKeyOf(desk: HostDesk, args: CommandArguments): void {
  const { host } = desk.needs;
  const { card: name, key } = args;
  const { card } = readerOf(desk.readers, String(name));
  if (card === undefined) return;
  const what = { command: 'host.test-key', args, title: { key: 'action.test-key' }, ...where(desk, args) };
  desk.activities.start(what, async (signal) => {
    const der = await host.cards.certificate(card.id, String(key));
    const algorithm = await testKey(host.signingFor(signal), card, String(key), der);
    return { own: { key: 'activity.key.tested', values: { algorithm } } };
  });
}

/** The card that a command works on and its reader, when its arguments name one that is there. */
function where({ readers }: HostDesk, { card }: CommandArguments) {
  const reader = readers.find((one) => one.card !== undefined && one.card.id === card);
  return reader?.card === undefined ? {} : { reader: reader.name, card: reader.card.id };
}
