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
  const changes: SetUpChange[] = [];
  const edits: FileEdit[] = [];
  const left: LeftProfile[] = [];
  for (const profile of profiles) {
    const bar = profile.bar ?? (library === undefined ? 'module' : undefined);
    if (bar !== undefined || library === undefined) {
      left.push({ profile: profile.id, why: bar ?? 'module' });
      continue;
    }
    const plan = await planProfile(profile, { library, authorities, accounts: accounts(profile) }, options);
    changes.push(...plan.changes);
    edits.push(...plan.edits);
    if (plan.bar !== undefined) left.push({ profile: profile.id, why: plan.bar });
  }
  return { changes, edits, left };
}
