import type { HostCall } from './contract.js';

/** What changes programs' files, has a PIN asked for, or waits for a person to close a program. */
const changesPrograms: readonly HostCall[] = ['programs.apply', 'programs.closed', 'programs.sign', 'programs.undo'];

/** Calls in which the person may be asked for something. */
export function asksPerson(call: HostCall): boolean {
  return ['pins.', 'signing.', 'decrypting.'].some((kind) => call.startsWith(kind)) || changesPrograms.includes(call);
}

/** What only makes sense for something that a person started. */
export function needsCommand(call: HostCall): boolean {
  return asksPerson(call) || call.startsWith('documents.') || call === 'net.request' || call === 'settings.keep';
}

/** Calls during which the plugin waits for the host: its own time stands still. */
export function hostWorks(call: HostCall): boolean {
  return ['documents.', 'net.', 'cards.', 'trust.'].some((kind) => call.startsWith(kind));
}
