import { Failure, type FailureCode, isFailure } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { CardLine } from './card-line.js';

const gone: readonly FailureCode[] = ['no-card', 'reader-unknown', 'service-absent'];

/** A line to the card that was in a reader. Fails with `card-removed` when it is gone, in whatever way, and else as `CardLine.open` does. */
export async function openLine(pcsc: Pcsc, reader: string): Promise<CardLine> {
  try {
    return await CardLine.open(pcsc, reader);
  } catch (error) {
    throw isFailure(error) && gone.includes(error.code) ? new Failure('card-removed', { reader }, error) : error;
  }
}
