import {
  type DocumentSignature,
  Failure,
  failureData,
  type FailureData,
  isFailure,
  type ProgressStep,
} from '@sigill/core';

/** What became of each, in its place. */
export class SigningResults {
  readonly #results: (DocumentSignature | undefined)[];
  readonly #told: (step: ProgressStep) => void;
  #done = 0;
  #end: FailureData | undefined;
  #first: unknown;

  constructor(count: number, told: (step: ProgressStep) => void) {
    this.#results = Array.from({ length: count }, () => undefined);
    this.#told = told;
  }

  /** True when a signature was made. */
  get any(): boolean {
    return this.#results.some((result) => result !== undefined && 'value' in result);
  }

  /** Makes one, unless the person has cancelled or an earlier trouble ended it all. */
  async take(at: number, signal: AbortSignal, make: () => Promise<Uint8Array>): Promise<void> {
    if (signal.aborted) this.endWith(new Failure('cancelled', {}));
    if (this.#end !== undefined) return;
    try {
      this.#results[at] = { value: await make() };
    } catch (error) {
      this.#first ??= error;
      this.#results[at] = { failure: failureData(error) };
      if (!isOwnTrouble(error)) this.endWith(error);
    }
    this.#done += 1;
    this.#told({ value: this.#done / this.#results.length });
  }

  /** The rest is not tried. */
  endWith(error: unknown): void {
    this.#first ??= error;
    this.#end ??= failureData(error);
  }

  /** Fails with the first trouble when nothing was signed. */
  all(): readonly DocumentSignature[] {
    if (!this.any && this.#first !== undefined) throw this.#first;
    const failure = this.#end ?? { code: 'cancelled', facts: {} };
    return this.#results.map((result) => result ?? { failure });
  }
}

/** The card refused this one; the next may be in order. Any other trouble is one with the PIN or the card, and is not tried out again. */
function isOwnTrouble(error: unknown): boolean {
  // ISO 7816-4 §5.6: 6982, security status not satisfied: the card wants the PIN again, whatever its profile says.
  return isFailure(error, 'card-refused') && error.facts.status !== '6982';
}
