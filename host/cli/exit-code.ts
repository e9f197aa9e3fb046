import { failureData, type FailureCode, type FailureData } from '@sigill/core';

/** What the process ends with (README, *Exit codes*). */
export const exitCodes = {
  done: 0,
  other: 1,
  usage: 2,
  absent: 3,
  wrong: 4,
  locked: 5,
  refused: 6,
  cancelled: 7,
  card: 8,
} as const;

/** Everything that is not here is `other`. */
const codes: Partial<Record<FailureCode, keyof typeof exitCodes>> = {
  usage: 'usage',
  'simulation-unknown': 'usage',
  'reader-choice': 'usage',
  'pin-unknown': 'usage',
  'certificate-unknown': 'usage',
  'key-unknown': 'usage',
  'secret-length': 'usage',
  'secret-not-digits': 'usage',
  'secret-differs': 'usage',
  'secret-same': 'usage',
  'secret-missing': 'usage',

  'host-absent': 'absent',
  'host-ended': 'absent',
  'service-absent': 'absent',
  'vpcd-absent': 'absent',
  'no-reader': 'absent',
  'no-card': 'absent',
  'reader-unknown': 'absent',

  'pin-wrong': 'wrong',
  'puk-wrong': 'wrong',
  'code-wrong': 'wrong',

  'pin-locked': 'locked',
  'puk-locked': 'locked',

  'guard-last-tries': 'refused',
  'guard-known-wrong': 'refused',
  'guard-tries-changed': 'refused',
  'guard-tries-unknown': 'refused',
  'guard-state-changed': 'refused',

  cancelled: 'cancelled',

  'reader-busy': 'card',
  'simulated-busy': 'card',
  'reader-error': 'card',
  'card-removed': 'card',
  'card-reset': 'card',
  'card-unrecognised': 'card',
  'card-malformed': 'card',
  'card-refused': 'card',
  'certificate-invalid': 'card',
  'key-test-failed': 'card',
  'outcome-unknown': 'card',
};

/** The exit code of any error. An activation that stopped part-way ends with the code of what stopped it. */
export function exitCode(error: unknown): number {
  return codeOf(failureData(error));
}

function codeOf({ code, facts }: FailureData): number {
  const cause = facts['cause'];
  if (code === 'activation-incomplete' && cause !== undefined) return codeOf(cause as FailureData);
  return exitCodes[codes[code] ?? 'other'];
}
