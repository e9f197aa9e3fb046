import type { CommandResult, PinRequest, Pins } from '@sigill/core';
import { pinResult } from './pin-result.js';

/** Asks for a PIN and tells that it was right; a wrong one is the failure that the host gives. */
export async function verifyPin(pins: Pins, request: PinRequest): Promise<CommandResult> {
  return pinResult('pin.verify.done', await pins.verify(request));
}
