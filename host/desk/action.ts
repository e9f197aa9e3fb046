import type { CommandArguments } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { ActionView } from '../window/view/action-view.js';

/** What can be started now, and why the rest cannot. */
export interface Offered {
  /** Changes whenever an answer of `why` may have changed. */
  readonly signature: string;
  /** `undefined` when it can be started; `absent` when no plugin has it; else the reason. */
  why(command: string, args: CommandArguments, texts: Texts): string | 'absent' | undefined;
}

/** Looks up commands among plugins. `runs` tells whether the same is being done already. */
export function offered(
  plugins: readonly PluginState[],
  titleOf: (plugin: PluginState) => string,
  runs: (command: string, args: CommandArguments) => boolean,
  signature: string,
): Offered {
  const owners = new Map(
    plugins.flatMap((state) =>
      (state.plugin?.manifest.contributes.commands ?? []).map(({ id }) => [id, state] as const),
    ),
  );
  return {
    signature,
    why(command, args, texts) {
      const owner = owners.get(command);
      if (owner === undefined && !command.startsWith('host.')) return 'absent';
      if (owner?.state === 'disabled') return texts.text('why.disabled', { plugin: titleOf(owner) });
      if (owner?.state === 'failed') return texts.text('why.broken', { plugin: titleOf(owner) });
      return runs(command, args) ? texts.text('why.running') : undefined;
    },
  };
}

/** A button, or none when no plugin has its command. `why` is why it cannot be pressed, whatever the plugin says. */
export function action(
  { why: whyNot }: Offered,
  texts: Texts,
  command: string,
  args: Readonly<Record<string, string>>,
  label: string,
  why?: string,
): readonly ActionView[] {
  const reason = whyNot(command, args, texts);
  if (reason === 'absent') return [];
  const shown = why ?? reason;
  return [{ command, args, label, ...(shown === undefined ? {} : { why: shown }) }];
}

/** True when two runs would do the same. */
export function sameArguments(one: CommandArguments, other: CommandArguments): boolean {
  const sorted = (args: CommandArguments): string =>
    JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}
