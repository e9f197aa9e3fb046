import { join } from 'node:path';
import type { SetUpChange } from '@sigill/core';
import { type Authority, withAuthorities, type WithAuthorities } from './authorities.js';
import { bytesOf } from './bytes-of.js';
import { commonName } from './certificate-key.js';
import { databaseFiles } from './database-copy.js';
import type { FileEdit } from './file-edit.js';
import type { FoundProfile } from './found-profile.js';
import { sha256 } from './journal.js';
import type { PlanOptions, ProfilePlan, ProfileWish } from './plan-profile.js';

/** The CA certificates that a database lacks. Asks for its password where one is needed; says why when it cannot. */
export async function planAuthorities(
  found: FoundProfile,
  modules: string,
  { authorities }: ProfileWish,
  { password, ...workshop }: PlanOptions,
): Promise<ProfilePlan> {
  const { id: profile, path: folder } = found;
  if (authorities.length === 0) return { changes: [], edits: [] };
  // What NSS has not finished writing must not be copied half.
  if ((await bytesOf(join(folder, 'cert9.db-journal')))?.length) return { changes: [], edits: [], bar: 'changed' };
  const database = { folder, modules, ...workshop };
  const before = new Map<string, Buffer>();
  for (const name of databaseFiles) {
    const bytes = await bytesOf(join(folder, name));
    if (bytes) before.set(name, bytes);
  }
  let outcome: WithAuthorities = await withAuthorities(database, authorities);
  for (let isWrong = false; outcome.bar === 'password' && password !== undefined; isWrong = true) {
    const secret = await password(found, isWrong);
    if (secret === undefined) break;
    try {
      outcome = await withAuthorities(database, authorities, secret);
    } finally {
      secret.wipe();
    }
  }
  const { files, added, missing, bar } = outcome;
  const changes = missing.map((one) => authorityChange(profile, one));
  // A plan that is only shown counts on the password, which is asked when it is applied.
  if (bar !== undefined && !(bar === 'password' && password === undefined)) return { changes: [], edits: [], bar };
  const edits = [...files].map(([name, after]): FileEdit => {
    const was = before.get(name);
    const entries = name === 'cert9.db' ? ({ kind: 'authorities', added } as const) : ({ kind: 'companion' } as const);
    return { profile, path: join(folder, name), after, entries, ...(was && { before: was }) };
  });
  return { changes, edits };
}

/** That a CA certificate is added, or trusted. */
export function authorityChange(profile: FoundProfile['id'], { der, trusted }: Authority): SetUpChange {
  return { kind: 'authority', profile, name: commonName(der), sha256: sha256(der), trusted };
}
