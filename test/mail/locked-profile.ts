import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Firefox profile whose database has a primary password, made by NSS' own tool; gives its folder. `home` is the person's. */
export function lockedProfile(home: string, password: string): string {
  const root = join(home, '.mozilla/firefox');
  const folder = join(root, 'locked.person');
  mkdirSync(folder, { recursive: true });
  const file = join(home, 'password-of-a-test');
  writeFileSync(file, `${password}\n`);
  execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '-f', file]);
  writeFileSync(file, '');
  writeFileSync(join(root, 'profiles.ini'), '[Profile0]\nName=person\nIsRelative=1\nPath=locked.person\nDefault=1\n');
  return folder;
}
