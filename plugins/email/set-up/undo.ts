import type { CommandResult, Json, Message, Programs } from '@sigill/core';
import { ProfileWords } from './words.js';

/** Gives every file back as it was before the set-up. */
export async function undoSetUp(programs: Programs): Promise<CommandResult> {
  const outcome = await programs.undo();
  const { restored, mended, kept, left } = outcome;
  const words = new ProfileWords(await programs.profiles());
  const messages: readonly Message[] = [
    ...(restored > 0 ? [{ key: 'email.undo.done', values: { files: restored } }] : []),
    ...(mended > 0 ? [{ key: 'email.undo.mended', values: { files: mended } }] : []),
    ...kept.map((what): Message => ({ key: 'email.undo.kept', values: { what } })),
    ...left.map(({ profile, why }): Message => ({
      key: why === 'running' ? 'email.undo.running' : 'email.left.read-only',
      values: { where: words.where(profile) },
    })),
  ];
  const nothing = [{ key: 'email.undo.nothing' }];
  return { messages: messages.length > 0 ? messages.slice(0, 100) : nothing, data: outcome as unknown as Json };
}
