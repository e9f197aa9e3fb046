import type { CommandArguments, CommandResult, Json, Message, Programs } from '@sigill/core';
import { placeOf, saidIn } from '../place.js';
import { ProfileWords } from './words.js';

/** Gives every file back as it was before the set-up. */
export async function undoSetUp(programs: Programs, args: CommandArguments = {}): Promise<CommandResult> {
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
  const told = messages.length > 0 ? messages : [{ key: 'email.undo.nothing' }];
  return { messages: saidIn(placeOf(args), told), data: outcome as unknown as Json };
}
