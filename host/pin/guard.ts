import { Failure, type PinId, type PinStatus } from '@sigill/core';

/** Tries at which the person must say yes once more (product.md §1, architecture.md decision 4). */
export const lastTriesFrom = 2;

/** What is known just before a PIN command would be sent. */
export interface GuardFacts {
  /** The secret whose tries are at stake. */
  readonly pin: PinId;
  /** What the card said a moment ago, inside the same transaction, without a try spent. */
  readonly fresh: { readonly state: PinStatus; readonly triesLeft?: number | undefined };
  /** The tries that the person was shown before typing; absent when the card told none. */
  readonly shown: number | undefined;
  /** The person said yes to using one of the last tries, or a try of an unknown number. */
  readonly agreed: boolean;
  /** The card has called this very value wrong before. */
  readonly knownWrong: boolean;
  /** `not-set` for a single-use code that is to be replaced; `any` for a PUK, which shows no such state. */
  readonly expected: 'ok' | 'not-set' | 'any';
}

/**
 * Decides whether one presentation may be sent: `undefined` to go, or why not.
 * Pure. A counter that is not told needs the same yes as the last two tries, since it may be one of them.
 */
export function guard(facts: GuardFacts): Failure | undefined {
  const { pin, fresh, shown, agreed, expected } = facts;
  if (fresh.state === 'locked' || fresh.triesLeft === 0) return locked(pin);
  if (expected === 'ok' && fresh.state === 'not-set') return new Failure('pin-not-set', { pin });
  if (expected === 'not-set' && fresh.state === 'ok') return new Failure('guard-state-changed', { pin });
  if (facts.knownWrong) return new Failure('guard-known-wrong', { pin });
  if (fresh.triesLeft === undefined) return agreed ? undefined : new Failure('guard-tries-unknown', { pin });
  if (shown !== undefined && fresh.triesLeft < shown) {
    return new Failure('guard-tries-changed', { pin, shown, triesLeft: fresh.triesLeft });
  }
  if (fresh.triesLeft <= lastTriesFrom && !agreed) {
    return new Failure('guard-last-tries', { pin, triesLeft: fresh.triesLeft });
  }
  return undefined;
}

/** True when the person must say yes apart before typing. */
export function needsYes(triesLeft: number | undefined): boolean {
  return triesLeft === undefined || triesLeft <= lastTriesFrom;
}

/** The failure of a secret that the card accepts no longer. */
export function locked(pin: PinId): Failure {
  return pin === 'PUK' ? new Failure('puk-locked', {}) : new Failure('pin-locked', { pin });
}
