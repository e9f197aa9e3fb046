import type { ActivationOutcome, CommandResult, Message, PinOutcome, Pins } from '@sigill/core';
import type { CardId } from '@sigill/core';

/** Has the host ask for the activation code and the missing PINs, and tells what is set. */
export async function activateCard(pins: Pins, card: CardId): Promise<CommandResult> {
  return activationResult(await pins.activate({ card }));
}

/** What an activation did, PIN by PIN. */
export function activationResult({ scheme, pins }: ActivationOutcome): CommandResult {
  const set = pins.filter(({ state }) => state === 'ok');
  const missing = pins.filter(({ state }) => state !== 'ok');
  const messages: Message[] = [
    ...set.map(({ pin }) => ({ key: 'activation.set', values: { pin } })),
    ...set.filter(({ sameAsOther }) => sameAsOther).map(({ pin }) => ({ key: 'activation.same', values: { pin } })),
    ...missing.map(({ pin }) => ({ key: 'activation.missing', values: { pin } })),
    { key: missing.length === 0 ? done[scheme] : 'activation.unfinished' },
  ];
  return { messages, data: { pins: pins.map(pinData) } };
}

/** Under B the code in the letter was for once; the PUK is another one. */
const done = { A: 'activation.done', B: 'activation.done.single-use', C: 'activation.done' } as const;

function pinData({ pin, state, triesLeft, sameAsOther }: PinOutcome): Record<string, string | number | boolean> {
  return {
    pin,
    state,
    ...(triesLeft === undefined ? {} : { triesLeft }),
    ...(sameAsOther === undefined ? {} : { sameAsOther }),
  };
}
