import { type Card, isFailure, type ReaderStatus } from '@sigill/core';
import { type CardProfile, planDrop, refreshCard, statusOf } from '@sigill/core/card';
import type { CardSession } from './card-access.js';
import type { CardLine } from './card-line.js';
import { Presentations } from './presentations.js';

/** A card as last read. */
export interface KnownCard {
  readonly card: Card;
  readonly profile: CardProfile;
  readonly status: ReaderStatus;
  /** Tries left of a PIN right after it was accepted, by reference, as far as they were seen: then its counter is full. */
  readonly full?: ReadonlyMap<number, number>;
}

/** How a use of a card came out, and the card afterwards; `after` is absent when it has to be read again. */
export interface UseOutcome<T> {
  readonly result: { readonly value: T } | { readonly error: unknown };
  readonly after?: KnownCard;
}

/**
 * One use of a card on an open line, which it closes: selects the application, runs `use`, makes the card forget what was
 * verified, and says how the card is afterwards. Never fails.
 */
export async function useCard<T>(
  line: CardLine,
  known: KnownCard,
  use: (session: CardSession) => Promise<T>,
  wanted: AbortSignal,
): Promise<UseOutcome<T>> {
  const presentations = new Presentations();
  let presenting = false;
  const session: CardSession = {
    card: known.card,
    profile: known.profile,
    channel: presentations.watch(line.channel),
    // Nobody is refused for longer than it takes.
    wanted: line.refusesOthers ? AbortSignal.abort() : wanted,
    control: (code, data) => line.control(code, data),
    presenting: () => void (presenting = true),
  };
  const attempt = async (): Promise<UseOutcome<T>['result']> => {
    try {
      await line.select(known.profile);
      return { value: await use(session) };
    } catch (error) {
      return { error };
    }
  };
  const touched = (): boolean => presenting || presentations.any;

  let result = await attempt();
  if ('error' in result && isFailure(result.error, 'card-reset') && !touched()) {
    // Nothing was presented yet: what the other program undid is done once more.
    result = await line.anew().then(attempt, (error: unknown) => ({ error }));
  }
  const after = await settle(line, known, touched(), 'value' in result ? presentations : undefined);
  return { result, ...(after && { after }) };
}

/** Drops the verified state, reads PIN states where they are not plain, closes the line. */
async function settle(
  line: CardLine,
  known: KnownCard,
  touched: boolean,
  plain: Presentations | undefined,
): Promise<KnownCard | undefined> {
  const { card, profile, full = new Map<number, number>() } = known;
  // An untouched card has nothing to drop, but may be in another directory by now.
  const drop = touched ? await dropByPlan(line, profile) : 'dropped';
  const told = plain?.cardAfter(card, profile, full);
  if (told) {
    await line.close(drop === 'failed' ? 'reset' : 'leave');
    return { profile, card: told, status: statusOf(told), full };
  }
  try {
    if (drop === 'failed') await line.reset();
    if (drop !== 'selected') await line.select(profile);
    const fresh = await refreshCard(line.channel, card, profile);
    await line.close('leave');
    return { profile, ...fresh, full: new Map([...full, ...(plain?.countersIn(fresh.card, profile) ?? [])]) };
  } catch {
    await line.close('reset');
    return undefined;
  }
}

/** `failed` when only a reset of the card makes it forget; `selected` when its application is selected as well. */
async function dropByPlan(line: CardLine, profile: CardProfile): Promise<'dropped' | 'selected' | 'failed'> {
  const plan = planDrop(profile);
  if (plan === 'reset') return 'failed';
  try {
    if (!(await line.run(plan))) return 'failed';
  } catch {
    return 'failed';
  }
  return profile.drop === 'select-application' ? 'selected' : 'dropped';
}
