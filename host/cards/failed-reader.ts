import { type Card, failureData, isFailure, type Reader } from '@sigill/core';

/** A reader whose card could not be read; `card` is what is known of it from before. */
export function failedReader(name: string, error: unknown, card: Card | undefined): Reader {
  return {
    name,
    state: isFailure(error, 'card-unrecognised') ? 'unrecognised' : 'error',
    failure: failureData(error),
    ...(card && { card }),
    ...(isFailure(error, 'reader-busy') && { busy: true }),
  };
}
