import { Failure } from '../failure.js';
import { type CardState, cardStates, pinStates } from './card-state.js';
import type { ChipImage, PinState } from './chip-image.js';
import type { Clock } from './clock.js';
import { type CardName, cardNames, type CardOptions, type Personality } from './personality.js';
import { fineidOrg } from './personalities/fineid-org.js';
import { fineidV3 } from './personalities/fineid-v3.js';
import { fineidV4 } from './personalities/fineid-v4.js';
import { myeid } from './personalities/myeid.js';
import { sithsLike } from './personalities/siths-like.js';

import { SimulatedCard } from './simulated-card.js';
import { readSnapshot } from './snapshot.js';

/** Every kind of card, by name. */
export const personalities: Readonly<Record<CardName, Personality>> = {
  'fineid-v4': fineidV4,
  'fineid-v3': fineidV3,
  'fineid-org': fineidOrg,
  'siths-like': sithsLike,
  myeid,
};

const images = new Map<string, ChipImage>();

/** A new card in `state`. Fails with `simulation-unknown` for a state that this kind of card cannot be in. */
export function createCard(
  name: CardName,
  state: CardState = 'normal',
  options: CardOptions & { readonly clock?: Clock } = {},
): SimulatedCard {
  const personality = personalities[name];
  if (!personality?.states.includes(state)) throw unknown(`${name}:${state}`);
  const { clock, ...variant } = options;
  return make(personality, state, variant, pinStates(personality.pins, state), clock);
}

/** Takes `CARD` or `CARD:STATE` apart. Fails with `simulation-unknown`, which lists what there is. */
export function parseCardName(text: string): { readonly name: CardName; readonly state: CardState } {
  const [first = '', second = 'normal', ...more] = text.split(':');
  const name = cardNames.find((one) => one === first);
  const state = cardStates.find((one) => one === second);
  if (!name || !state || more.length > 0 || !personalities[name].states.includes(state)) throw unknown(text);
  return { name, state };
}

/** The card that `snapshot` was taken of, as it was then. Fails with `card-malformed` when it is none of these cards. */
export function restoreCard(snapshot: string, clock?: Clock): SimulatedCard {
  const { origin, pins } = readSnapshot(snapshot);
  const name = cardNames.find((one) => one === origin['name']);
  const state = cardStates.find((one) => one === origin['state']);
  const personality = name && personalities[name];
  const known =
    personality &&
    state &&
    Object.values(personality.pins).every(({ reference }) => reference === undefined || pins.has(reference));
  if (!known) throw new Failure('card-malformed', { what: 'snapshot' });
  return make(personality, state, (origin['options'] ?? {}) as CardOptions, pins, clock);
}

function make(
  personality: Personality,
  state: CardState,
  options: CardOptions,
  pins: ReadonlyMap<number, PinState>,
  clock: Clock | undefined,
): SimulatedCard {
  const origin = { name: personality.name, state, options };
  const label = JSON.stringify(origin);
  const image = images.get(label) ?? personality.build(state, options);
  images.set(label, image);
  return new SimulatedCard({ image, pins, origin, ...(clock && { clock }) });
}

function unknown(card: string): Failure {
  const cards = Object.values(personalities).flatMap(({ name, states }) => states.map((state) => `${name}:${state}`));
  return new Failure('simulation-unknown', { card, cards });
}
