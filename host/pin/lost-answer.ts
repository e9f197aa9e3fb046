import { Failure, isFailure, type PinId } from '@sigill/core';
import type { PlannedCommand, SecretName } from '@sigill/core/card';

/** Whose tries a presentation may have used. */
export interface Judged {
  readonly judged: SecretName;
  readonly stake: { readonly id: PinId };
  readonly target: PinId;
}

/** The answer to a command with a secret did not arrive. Executed or not: only the counter can tell, and the command is never sent again. */
export function lostAnswer(planned: PlannedCommand, { judged, stake, target }: Judged, error: unknown): Failure {
  const pin = carries(planned, judged) ? stake.id : target;
  return new Failure('outcome-unknown', { pin }, isFailure(error) ? error : undefined);
}

/** True when the command has a place for `secret`, or for any when none is named. */
export function carries(planned: PlannedCommand, secret?: SecretName): boolean {
  return (planned.body ?? []).some(
    (part) => part.kind === 'secret' && (secret === undefined || part.secret === secret),
  );
}
