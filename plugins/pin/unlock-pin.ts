import type { CommandResult, PinRequest, Pins } from '@sigill/core';
import { pinResult } from './pin-result.js';

/** Opens a PIN that is locked or forgotten, with a new value. */
export async function unlockPin(pins: Pins, request: PinRequest): Promise<CommandResult> {
  return pinResult('pin.unlock.done', await pins.unlock(request));
}
