import { type Card, type CardId, isFailure } from '@sigill/core';
import type { CardProfile, Plan } from '@sigill/core/card';
import type { CardAccess } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { featureRequest } from './keypad-blocks.js';
import { type KeypadFeature, keypadFeatures } from './keypad-features.js';
import { keypadStep, type KeypadTraits } from './keypad-step.js';

/** A keypad that will do for one question. */
export type Keypad = KeypadTraits;

/** The same while it is used; `signal` aborts when the person cancels elsewhere than on the reader. */
export interface KeypadUse extends Keypad {
  readonly signal: AbortSignal;
}

type Features = ReadonlyMap<KeypadFeature, number>;

/** What the keypads of the readers can do: each reader is asked once for each card in it. */
export class Keypads {
  readonly #cards: CardAccess;
  readonly #known = new Map<string, { readonly card: CardId; readonly features: Features }>();

  constructor(cards: CardAccess) {
    this.#cards = cards;
  }

  /** Empty for a reader without a keypad, and for one that cannot be asked now. */
  async features({ id, reader }: Card): Promise<Features> {
    const known = this.#known.get(reader);
    if (known?.card === id) return known.features;
    try {
      return this.#learn(id, reader, keypadFeatures(await this.#cards.control(id, featureRequest, new Uint8Array())));
    } catch (error) {
      if (!isFailure(error)) throw error;
      // A reader that knows no such control; one that is busy or empty is asked again.
      return error.code === 'reader-error' ? this.#learn(id, reader, new Map()) : new Map();
    }
  }

  #learn(card: CardId, reader: string, features: Features): Features {
    this.#known.set(reader, { card, features });
    return features;
  }
}

/** The keypad of the card's reader, if it can present every secret of the plan and the person can be told to use it. */
export async function keypadFor(
  { prompt, cards, keypads, language }: PinContext,
  card: Card,
  planOf: (profile: CardProfile) => Plan,
): Promise<Keypad | undefined> {
  if (prompt.typeOnReader === undefined) return undefined;
  const features = await keypads.features(card);
  if (features.size === 0) return undefined;
  const profile = cards.profileOf(card.id);
  const keypad: Keypad = { features, language };
  const secret = planOf(profile).filter(({ body = [] }) => body.some(({ kind }) => kind === 'secret'));
  return secret.every((planned) => keypadStep(profile, planned, keypad) !== undefined) ? keypad : undefined;
}
