import { type Command, encodePin, type PlannedCommand, type SecretName, toCommand } from '@sigill/core/card';
import type { Secret } from './secret.js';

/** The secrets of one consent, by their names in a plan. */
export type PlanSecrets = Readonly<Partial<Record<SecretName, Secret | undefined>>>;

/** A command that is ready to be sent, and every array of ours that holds a secret for it. */
export interface FilledCommand {
  readonly command: Command;
  readonly secretBytes: readonly Uint8Array[];
  /** Overwrites them. Only when the answer is there: zeros on their way to a card would cost a try. */
  wipe(): void;
}

/** Puts the secrets into their places. What was filled in before an error is wiped. */
export function fillCommand(planned: PlannedCommand, secrets: PlanSecrets): FilledCommand {
  const secretBytes: Uint8Array[] = [];
  const wipe = (): void => secretBytes.forEach((bytes) => bytes.fill(0));
  try {
    const command = toCommand(planned, (name, format) => {
      const secret = secrets[name];
      if (secret === undefined) throw new Error(`The plan asks for a secret that was not typed: ${name}`);
      const block = secret.lend((digits) => encodePin(digits, format));
      secretBytes.push(block);
      return block;
    });
    if (secretBytes.length > 0 && command.data !== undefined) secretBytes.push(command.data);
    return { command, secretBytes, wipe };
  } catch (error) {
    wipe();
    throw error;
  }
}
