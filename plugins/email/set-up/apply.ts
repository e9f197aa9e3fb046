import type { Cards, CommandArguments, CommandResult, Json, Message, Programs, Progress } from '@sigill/core';
import { cardsNow } from './cards-now.js';
import { trustOf } from './trust.js';
import { stillUntrusted } from './untrusted.js';
import { wishFor } from './wish.js';
import { ProfileWords, whereIs, wishWords } from './words.js';
import { testWords } from './test-words.js';

/** Sets up programs, tries what was set up, and tells. With `wait` it waits until programs that run are closed. */
export async function applySetUp(
  programs: Programs,
  cards: Cards,
  args: CommandArguments,
  progress: Progress,
): Promise<CommandResult> {
  if (args['wait'] === true) await untilClosed(programs, progress);
  const [profiles, found] = await Promise.all([programs.profiles(), cardsNow(cards)]);
  const wish = wishFor(profiles, found, trustOf(args), new Date());
  const { done, left } = await programs.apply(wish.wish);
  const tested = await programs.test();
  const after = await programs.profiles();
  const words = new ProfileWords(profiles);
  const messages: readonly Message[] = [
    ...(profiles.length === 0 ? [{ key: 'email.none' }] : []),
    ...(profiles.length > 0 && done.length === 0 && left.length === 0 ? [{ key: 'email.nothing' }] : []),
    ...done.map((change) => words.change(change, 'done')),
    ...testWords(words, after, tested),
    ...left.map((one) => words.left(one)),
    ...(profiles.length > 0 && found.length === 0 ? [{ key: 'email.no-card' }] : []),
    ...wishWords(await stillUntrusted(programs, wish)),
  ];
  return {
    messages: messages.slice(0, 100),
    data: { changes: done, left, tested, profiles: after } as unknown as Json,
  };
}

async function untilClosed(programs: Programs, progress: Progress): Promise<void> {
  for (const profile of await programs.profiles()) {
    if (profile.bar !== 'running') continue;
    progress.report({ message: { key: 'email.wait', values: { where: whereIs(profile) } } });
    await programs.closed(profile.id);
  }
}
