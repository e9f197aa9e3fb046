import { join } from 'node:path';
import type { SetUpChange } from '@sigill/core';
import { certificateKey } from './certificate-key.js';
import type { SetPreference } from './file-edit.js';
import type { FoundProfile } from './found-profile.js';
import type { ProfilePlan, ProfileWish } from './plan-profile.js';
import { literal, type Preference, preferenceOf, withPreference } from './preferences.js';

/** The certificates that the senders of a mail program lack. */
export function planAccounts(
  { id: profile, path, preferences, identities }: FoundProfile,
  { accounts }: ProfileWish,
): ProfilePlan {
  if (preferences === undefined) return { changes: [], edits: [] };
  const changes: SetUpChange[] = [];
  const set: SetPreference[] = [];
  let text = preferences;
  for (const { identity, signing, encryption } of accounts) {
    const known = identities.find(({ id }) => id === identity);
    if (known === undefined) continue;
    const wanted = [
      ...preferencesFor(identity, 'signing', signing),
      ...preferencesFor(identity, 'encryption', encryption),
    ];
    const lacking = wanted.filter(([name, value]) => preferenceOf(preferences, name) !== literal(value));
    for (const [name, value] of lacking) {
      const before = preferenceOf(preferences, name);
      set.push({ name, after: literal(value), ...(before !== undefined && { before }) });
      text = withPreference(text, name, literal(value));
    }
    const sets = (what: string): boolean => lacking.some(([name]) => name.includes(`.${what}_cert_`));
    if (lacking.length > 0)
      changes.push({
        kind: 'account',
        profile,
        address: known.address,
        signing: sets('signing'),
        encryption: sets('encryption'),
      });
  }
  if (set.length === 0) return { changes, edits: [] };
  const edit = { profile, path: join(path, 'prefs.js'), before: Buffer.from(preferences), after: Buffer.from(text) };
  return { changes, edits: [{ ...edit, entries: { kind: 'preferences', set } }] };
}

/** Thunderbird's settings of one certificate. Whether each mail is signed or encrypted stays the person's choice. */
function preferencesFor(
  identity: string,
  use: 'signing' | 'encryption',
  der: Uint8Array | undefined,
): [string, Preference][] {
  if (der === undefined) return [];
  const { name, dbKey } = certificateKey(der);
  return [
    [`mail.identity.${identity}.${use}_cert_dbkey`, dbKey],
    [`mail.identity.${identity}.${use}_cert_name`, name],
  ];
}
