import type { Cards, CommandArguments, CommandResult, Json, Message, Programs } from '@sigill/core';
import { cardsNow } from './cards-now.js';
import { placeOf, saidIn } from '../place.js';
import { trustOf } from './trust.js';
import { stillUntrusted } from './untrusted.js';
import { wishFor } from './wish.js';
import { ProfileWords, wishWords } from './words.js';

/** Tells what the set-up would change; writes nothing. */
export async function planSetUp(programs: Programs, cards: Cards, args: CommandArguments): Promise<CommandResult> {
  const [profiles, found] = await Promise.all([programs.profiles(), cardsNow(cards)]);
  const wish = wishFor(profiles, found, trustOf(args), new Date());
  const { done, left } = await programs.plan(wish.wish);
  const words = new ProfileWords(profiles);
  const messages: readonly Message[] = [
    ...(profiles.length === 0 ? [{ key: 'email.none' }] : []),
    ...(profiles.length > 0 && done.length === 0 && left.length === 0 ? [{ key: 'email.plan.nothing' }] : []),
    ...done.map((change) => words.change(change, 'plan')),
    ...left.map((one) => words.left(one)),
    ...(profiles.length > 0 && found.length === 0 ? [{ key: 'email.no-card' }] : []),
    ...wishWords(await stillUntrusted(programs, wish)),
  ];
  return { messages: saidIn(placeOf(args), messages), data: { changes: done, left, profiles } as unknown as Json };
}
