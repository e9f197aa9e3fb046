import type { CardPins, CardState } from './card-state.js';
import type { ChipImage } from './chip-image.js';

/** The cards that can be simulated. */
export const cardNames = ['fineid-v4', 'fineid-v3', 'fineid-org', 'siths-like', 'myeid'] as const;

export type CardName = (typeof cardNames)[number];

/** Variants of a card. */
export interface CardOptions {
  /** Answer to reset of another production: `v4.1` for `fineid-v4`, `v3.0` for `fineid-v3`. */
  readonly version?: 'v3.0' | 'v4.1';
  /** `small`: certificates of at most 512 bytes (elliptic keys), without addresses and policies. */
  readonly certificates?: 'small';
  /** `plain`: without the PSS entries in 5032 that keep OpenSC 0.23 from reading FINEID cards at all (cards.md §1.4). */
  readonly algorithms?: 'plain';
  /** READ BINARY gives at most so many bytes; recordings of specimen cards show 181 (cards.md §1.3). */
  readonly readSize?: number;
}

/** A kind of card as data: what its chip holds in each state. */
export interface Personality {
  readonly name: CardName;
  readonly states: readonly CardState[];
  readonly pins: CardPins;
  build(state: CardState, options: CardOptions): ChipImage;
}

/** All states but those of cards that are activated elsewhere. */
export const activatedStates = [
  'normal',
  'pin1-locked',
  'puk-last-try',
  'puk-locked',
  'expired',
] as const satisfies readonly CardState[];
