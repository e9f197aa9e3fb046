import type { CommandArguments, Message } from '@sigill/core';

/** Where a person started a command: what to do next is another thing there. */
export type Place = 'window' | 'terminal';

/** The argument that the panel's buttons give. */
export const inWindow = { in: 'window' } as const;

export function placeOf(args: CommandArguments): Place {
  return args['in'] === 'window' ? 'window' : 'terminal';
}

/** The messages with cures for that place. */
export function saidIn(place: Place, messages: readonly Message[]): readonly Message[] {
  return messages.slice(0, 100).map(({ key, values }) => ({ key, values: { ...values, in: place } }));
}

/** A yes, from the command line or from a button. */
export function isYes(value: CommandArguments[string]): boolean {
  return value === true || value === 'yes';
}
