import type { CommandResult, Message, PinOutcome } from '@sigill/core';

/** An outcome in words and as data: what was done, what state the PIN is in, and a warning when it equals another. */
export function pinResult(done: string, outcome: PinOutcome): CommandResult {
  const { pin, state, triesLeft, sameAsOther } = outcome;
  const messages: Message[] = [];
  if (state === 'locked') messages.push({ key: 'pin.locked', values: { pin } });
  else messages.push({ key: done, values: { pin } });
  if (sameAsOther) messages.push({ key: 'pin.same', values: { pin } });
  return {
    messages,
    data: {
      pin,
      state,
      ...(triesLeft === undefined ? {} : { triesLeft }),
      ...(sameAsOther === undefined ? {} : { sameAsOther }),
    },
  };
}
