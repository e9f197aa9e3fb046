import { Failure } from '@sigill/core';
import type { PinForm } from './prompt.js';

/** Why a form that needs the extra yes cannot be answered without it; `undefined` when it needs none or has it. */
export function refusedLastTries(form: Pick<PinForm, 'lastTries' | 'atStake'>, agreed: boolean): Failure | undefined {
  if (!form.lastTries || agreed) return undefined;
  const { pin, triesLeft } = form.atStake;
  return triesLeft === undefined
    ? new Failure('guard-tries-unknown', { pin })
    : new Failure('guard-last-tries', { pin, triesLeft });
}
