import type { CommandResult, PinRequest, Pins } from '@sigill/core';
import { pinResult } from './pin-result.js';

/** Gives a PIN a new value, which only the host and the card learn. */
export async function changePin(pins: Pins, request: PinRequest): Promise<CommandResult> {
  return pinResult('pin.change.done', await pins.change(request));
}
