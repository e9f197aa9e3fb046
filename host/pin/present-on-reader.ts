import type { PlannedCommand, Response } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import { keypadStep } from './keypad-step.js';
import type { KeypadUse } from './keypads.js';
import { type Judged, lostAnswer } from './lost-answer.js';
import { keypadFailure } from './reader-keypad.js';

/**
 * Has the reader ask for the digits and send the command itself: once, whatever comes back. Fails with `cancelled`, `secret-…` and
 * `card-refused` when nothing reached the card, and with `outcome-unknown` when no answer arrived.
 */
export async function presentOnReader(
  session: CardSession,
  planned: PlannedCommand,
  presentation: Judged,
  keypad: KeypadUse,
): Promise<Pick<Response, 'status'>> {
  const step = keypadStep(session.profile, planned, keypad);
  if (step === undefined) throw new Error(`The keypad cannot do ${planned.step}`);
  let answer: Uint8Array;
  try {
    answer = await session.control(step.control, step.block);
  } catch (error) {
    throw lostAnswer(planned, presentation, error);
  }
  if (answer.length < 2) throw lostAnswer(planned, presentation, undefined);
  const [high = 0, low = 0] = answer.subarray(-2);
  const status = (high << 8) | low;
  const { judged, target } = presentation;
  const name = step.feature === 'verify-direct' ? judged : `again:${target}`;
  const refused = keypadFailure(status, { ...step, name });
  if (refused !== undefined) throw refused;
  return { status };
}
