// What the PIN page is given: everything in the person's language already. No digit ever goes this way.

export interface PinPageField {
  /** A `password` may have any characters; all others are digits. */
  readonly kind: 'current' | 'puk' | 'code' | 'new' | 'again' | 'password';
  readonly label: string;
  /** `4–8 digits`, and what the code is for. */
  readonly help: string;
  /** Bytes in UTF-8. */
  readonly minLength: number;
  readonly maxLength: number;
  /** For `again`: which field it repeats. */
  readonly repeats?: number;
  readonly words: {
    readonly length: string;
    /** Why the button waits, while this field is empty or not in order. */
    readonly missing: string;
    readonly wrong: string;
  };
  /** What is said of the value that was given before. */
  readonly refused?: string;
}

export interface PinPageView {
  readonly language: string;
  readonly title: string;
  /** Who asks, what for, which card, reader and code. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What is to be signed, behind details: names and digests. */
  readonly documents?: {
    readonly title: string;
    readonly items: readonly { readonly name: string; readonly digest: string }[];
    /** The card wants the code for each. */
    readonly each?: string;
  };
  /** What to think about before the first digit; for an activation. */
  readonly think: readonly string[];
  /** Absent where nothing is at stake. */
  readonly tries?: { readonly text: string; readonly left?: number; readonly max?: number };
  /** At the last tries: a page before the fields, which needs a yes. */
  readonly lastTries?: { readonly title: string; readonly lines: readonly string[] };
  /** The digits are typed on the reader: no field is drawn. */
  readonly onReader: boolean;
  readonly fields: readonly PinPageField[];
  /** For an activation: the steps, each with its fields. */
  readonly steps: readonly { readonly label: string; readonly fields: readonly number[] }[];
  /** The host's key for this question (P-256, uncompressed, hex). */
  readonly key: string;
  /** Milliseconds without a sign of the person after which the page closes. */
  readonly patience: number;
  /** Fixed words by key (`host/messages/pin-page`). */
  readonly words: Readonly<Record<string, string>>;
}

/** What the host says to an answer: taken, or which field is not in order. */
export type PinPageVerdict =
  { readonly kind: 'taken' } | { readonly kind: 'wrong'; readonly field: number; readonly message: string };
