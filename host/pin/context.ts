import type { Language, Log } from '@sigill/core';
import type { CardAccess } from '../cards/card-access.js';
import type { Keypads } from './keypads.js';
import type { KnownWrong } from './known-wrong.js';
import type { PinPrompt } from './prompt.js';

/** What one PIN operation works with: the cards, the person, the memory of wrong values, and who asks. */
export interface PinContext {
  readonly cards: CardAccess;
  readonly prompt: PinPrompt;
  readonly knownWrong: KnownWrong;
  readonly keypads: Keypads;
  /** In which a reader's display asks. */
  readonly language: Language;
  /** The program or plugin that asks, as the person is told. */
  readonly requester: string;
  /** Aborts the asking; once a PIN command is on its way nothing is cut off. */
  readonly signal: AbortSignal;
  readonly log: Log;
}
