import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileBar, SetUpChange } from '@sigill/core';
import type { Secret } from '../pin/secret.js';
import { type Authority, withAuthorities } from './authorities.js';
import { bytesOf } from './bytes-of.js';
import { databaseFiles, withDatabaseCopy } from './database-copy.js';
import type { FileEdit } from './file-edit.js';
import type { FoundProfile } from './found-profile.js';
import { hasModule, withModule } from './module-entry.js';
import { runTool } from './nss-tools.js';
import { planAccounts } from './plan-accounts.js';
import { authorityChange, planAuthorities } from './plan-authorities.js';
import type { Workshop } from './workshop.js';

/** What one profile is to have, certificates as DER. */
export interface ProfileWish {
  readonly library: string;
  readonly authorities: readonly Authority[];
  readonly accounts: readonly {
    readonly identity: string;
    readonly signing?: Uint8Array;
    readonly encryption?: Uint8Array;
  }[];
}

/** What one profile lacks. `bar` says why some of it is left. */
export interface ProfilePlan {
  readonly changes: readonly SetUpChange[];
  readonly edits: readonly FileEdit[];
  readonly bar?: ProfileBar;
}

export interface PlanOptions extends Workshop {
  /** The password of the profile's database; undefined when nobody can be asked. Absent in a plan that is only shown. */
  readonly password?: (profile: FoundProfile, isWrong: boolean) => Promise<Secret | undefined>;
}

/** Compares a profile with what it is to have; writes nothing. */
export async function planProfile(
  profile: FoundProfile,
  wish: ProfileWish,
  options: PlanOptions,
): Promise<ProfilePlan> {
  const parts = [
    profile.modules === undefined
      ? await planDatabase(profile, wish, options)
      : [planModule(profile, profile.modules, wish), await planAuthorities(profile, profile.modules, wish, options)],
    planAccounts(profile, wish),
  ].flat();
  const bar = parts.find((part) => part.bar !== undefined)?.bar;
  const edits = parts.flatMap((part) => part.edits);
  return { changes: parts.flatMap((part) => part.changes), edits, ...(bar !== undefined && { bar }) };
}

/** A database where there is none: one without a password, made by NSS' own tool. */
async function planDatabase(
  { id: profile, path: folder }: FoundProfile,
  { library, authorities }: ProfileWish,
  { password: _nobody, ...workshop }: PlanOptions,
): Promise<ProfilePlan[]> {
  return await withDatabaseCopy(workshop.scratch, folder, undefined, async (copy) => {
    const made = await runTool('certutil', ['-N', '-d', `sql:${copy}`, '--empty-password'], workshop);
    if (made?.code !== 0) return [{ changes: [], edits: [], bar: made === undefined ? 'tool' : 'unreadable' }];
    const modules = await readFile(join(copy, 'pkcs11.txt'), 'utf8');
    const database = { folder: copy, modules, ...workshop };
    const { files, missing, bar } = await withAuthorities(database, authorities);
    const edits: FileEdit[] = [];
    for (const name of databaseFiles) {
      const path = join(folder, name);
      const after = files.get(name) ?? (await readFile(join(copy, name)));
      // One that lies there without its pkcs11.txt is left as it is.
      if ((await bytesOf(path)) === undefined) edits.push({ profile, path, after, entries: { kind: 'whole' } });
    }
    const after = Buffer.from(withModule(modules.replaceAll(copy, folder), library));
    edits.push({ profile, path: join(folder, 'pkcs11.txt'), after, entries: { kind: 'module' } });
    const changes: readonly SetUpChange[] = [
      { kind: 'database', profile },
      { kind: 'module', profile },
      ...missing.map((one) => authorityChange(profile, one)),
    ];
    return [{ changes, edits, ...(bar !== undefined && { bar }) }];
  });
}

function planModule({ id: profile, path }: FoundProfile, modules: string, { library }: ProfileWish): ProfilePlan {
  if (hasModule(modules, library)) return { changes: [], edits: [] };
  const before = Buffer.from(modules);
  const after = Buffer.from(withModule(modules, library));
  const file = join(path, 'pkcs11.txt');
  return {
    changes: [{ kind: 'module', profile }],
    edits: [{ profile, path: file, before, after, entries: { kind: 'module' } }],
  };
}
