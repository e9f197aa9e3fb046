import type { ProfileTest, ProgramProfile, SetUpChange, SetUpOutcome, UndoOutcome } from '@sigill/core';

/** What `sigill mail apply --json` answers; `plan` without what was tested. */
export interface ApplyDocument {
  readonly changes: readonly SetUpChange[];
  readonly left: SetUpOutcome['left'];
  readonly profiles: readonly ProgramProfile[];
  readonly tested?: readonly ProfileTest[];
}

export type UndoDocument = UndoOutcome;

/** The kinds of change of one program, in order. */
export function kindsOf({ changes, profiles }: ApplyDocument, program: ProgramProfile['program']): readonly string[] {
  const ids = profiles.filter((one) => one.program === program && one.packaging === 'system').map(({ id }) => id);
  return changes.filter(({ profile }) => ids.includes(profile)).map(({ kind }) => kind);
}
