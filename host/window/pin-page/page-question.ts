import type { PinAnswer } from '../../pin/prompt.js';
import type { PinPageVerdict, PinPageView } from './view.js';

/** What a page asks: codes of a card, or the password of a program's database. */
export interface PageQuestion {
  /** `key` is the host's for this question; `patience`, milliseconds, is how long it waits for a sign of the person. */
  view(key: string, patience: number): PinPageView;
  /** Names of the values, in the order of the page; none when the digits are typed on the reader. */
  readonly fields: readonly { readonly name: string }[];
  /** A yes to the last tries is asked for. */
  readonly lastTries: boolean;
  /** The page stays while the person types on the reader. */
  readonly onReader: boolean;
  /** Looks at every field before anything is sent: what is not in order costs no try. */
  judge(answer: PinAnswer): PinPageVerdict;
}
