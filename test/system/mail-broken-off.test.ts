import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetUp } from '../../host/programs/set-up.js';
import { treeOf } from '../mail/tree.js';

const script = fileURLToPath(new URL('../mail/broken-off.mjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'sigill-broken-off-'));
const original = join(root, 'original');
const home = join(root, 'home');
const state = join(root, 'state');
const authority = join(root, 'authority.der');
const environment = { PATH: process.env['PATH'] };

beforeAll(() => {
  const profile = join(original, '.thunderbird/p.default');
  mkdirSync(profile, { recursive: true });
  mkdirSync(join(original, '.config/chromium'), { recursive: true });
  execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password']);
  writeFileSync(join(original, '.thunderbird/profiles.ini'), '[Profile0]\nName=p\nIsRelative=1\nPath=p.default\n');
  const accounts =
    'user_pref("mail.account.account1.identities", "id1");\nuser_pref("mail.identity.id1.useremail", "a@b.example");\n';
  writeFileSync(join(profile, 'prefs.js'), accounts);
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(root, 'key.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', ...key, '-subj', '/CN=Broken Off CA', '-outform', 'der', '-out', authority],
    { stdio: 'ignore' },
  );
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a set-up that is killed in the middle', () => {
  it('apply, at each of its steps: the next start finds every file as it was', async () => {
    const { steps, before } = await killedAtEachStep('apply', async () => {});
    // Backup, folders, seven files, the end.
    expect(steps).toBe(10);
    expect(Object.keys(before)).not.toContain('/.pki');
  }, 300_000);

  it('undo, at each of its steps: the next start ends it', async () => {
    const { steps } = await killedAtEachStep('undo', async () => void (await run('apply', -1)));
    expect(steps).toBeGreaterThan(7);
  }, 300_000);
});

async function killedAtEachStep(operation: 'apply' | 'undo', prepare: () => Promise<void>) {
  const before = treeOf(original);
  for (let step = 0; ; step++) {
    rmSync(home, { recursive: true, force: true });
    rmSync(state, { recursive: true, force: true });
    cpSync(original, home, { recursive: true });
    await prepare();
    const signal = await run(operation, step);
    if (signal === null) return { steps: step, before };
    const again = new SetUp({
      home,
      environment,
      folder: state,
      certificate: () => Promise.reject(new Error('not asked for')),
    });
    await again.recover();
    // Killed before it began, an undo has nothing to end; it is begun anew.
    if (operation === 'undo') await again.for(async () => undefined, new AbortController().signal).undo();
    expect(treeOf(home), `${operation} killed at step ${step}`).toEqual(before);
  }
}

/** The signal that ended it; null when it came to its end. */
async function run(operation: string, at: number): Promise<NodeJS.Signals | null> {
  const child = fork(script, [operation, home, state, authority, String(at)], { env: environment });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === null && code !== 0) throw new Error(`${operation} ended with ${code}`);
  return signal;
}
