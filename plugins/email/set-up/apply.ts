import type { Cards, CommandArguments, CommandResult, Json, Message, Programs, Progress } from '@sigill/core';
import { cardsNow } from './cards-now.js';
import { isYes, placeOf, saidIn } from '../place.js';
import { testWords } from './test-words.js';
import { trustOf } from './trust.js';
import { stillUntrusted } from './untrusted.js';
import { type Wish, wishFor } from './wish.js';
import { ProfileWords, wishWords } from './words.js';

/** Sets up programs, tries what was set up, and tells. With `wait` it waits until programs that run and lack something are closed. */
export async function applySetUp(
  programs: Programs,
  cards: Cards,
  args: CommandArguments,
  progress: Progress,
): Promise<CommandResult> {
  const place = placeOf(args);
  const found = await cardsNow(cards);
  const wishNow = async (): Promise<Wish> => wishFor(await programs.profiles(), found, trustOf(args), new Date());
  if (isYes(args['wait'])) {
    const { left } = await programs.plan((await wishNow()).wish);
    const words = new ProfileWords(await programs.profiles());
    for (const { profile, why } of left) {
      if (why !== 'running') continue;
      const [message] = saidIn(place, [{ key: 'email.wait', values: { where: words.where(profile) } }]);
      if (message) progress.report({ message });
      await programs.closed(profile);
    }
  }
  const profiles = await programs.profiles();
  const wish = await wishNow();
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
    messages: saidIn(place, messages),
    data: { changes: done, left, tested, profiles: after } as unknown as Json,
  };
}
