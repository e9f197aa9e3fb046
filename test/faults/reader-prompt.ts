import { Failure } from '@sigill/core';
import { refusedLastTries } from '../../host/pin/last-tries.js';
import type { PinAnswer, PinForm, PinPrompt } from '../../host/pin/prompt.js';

/** A person who is told to use the reader's keypad; who is asked for digits here gives none. */
export class ReaderPrompt implements PinPrompt {
  /** What was to be typed on the reader. */
  readonly told: PinForm[] = [];
  /** How often digits were asked for here. */
  asked = 0;
  agrees = true;
  /** Cancels here before the reader asks. */
  leaves = false;
  meanwhile: () => Promise<void> | void = () => undefined;

  ask(): Promise<PinAnswer> {
    this.asked += 1;
    return Promise.reject(new Failure('cancelled', {}));
  }

  async typeOnReader<T>(form: PinForm, signal: AbortSignal, present: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const refused = refusedLastTries(form, this.agrees);
    if (refused !== undefined) throw refused;
    this.told.push(form);
    await this.meanwhile();
    const left = this.leaves ? AbortSignal.abort() : signal;
    return await present(AbortSignal.any([signal, left]));
  }
}
