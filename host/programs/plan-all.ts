import type { LeftProfile, SetUpChange } from '@sigill/core';
import type { FileEdit } from './file-edit.js';
import type { FoundProfile } from './found-profile.js';
import { type PlanOptions, planProfile } from './plan-profile.js';
import type { WishedCertificates } from './wished-certificates.js';

/** What all profiles lack. */
export interface FullPlan {
  readonly changes: readonly SetUpChange[];
  readonly edits: readonly FileEdit[];
  /** Those of which some or all is left as it is. */
  readonly left: readonly LeftProfile[];
}

/** Compares every profile with what it is to have; writes nothing. `library`: the module, when there is one. */
export async function planAll(
  profiles: readonly FoundProfile[],
  library: string | undefined,
  { authorities, accounts }: WishedCertificates,
  options: PlanOptions,
): Promise<FullPlan> {
  const { password: _nobody, ...unasked } = options;
  const changes: SetUpChange[] = [];
  const edits: FileEdit[] = [];
  const left: LeftProfile[] = [];
  for (const profile of profiles) {
    const { id, bar } = profile;
    if (library === undefined || (bar !== undefined && bar !== 'running')) {
      left.push({ profile: id, why: bar ?? 'module' });
      continue;
    }
    const wish = { library, authorities, accounts: accounts(profile) };
    if (bar === 'running') {
      // Looked at, and nobody is asked: a program that lacks nothing need not be closed.
      const { changes: lacking, bar: other } = await planProfile(profile, wish, unasked);
      if (lacking.length > 0 || other !== undefined) left.push({ profile: id, why: bar });
      continue;
    }
    const plan = await planProfile(profile, wish, options);
    changes.push(...plan.changes);
    edits.push(...plan.edits);
    if (plan.bar !== undefined) left.push({ profile: id, why: plan.bar });
  }
  return { changes, edits, left };
}
