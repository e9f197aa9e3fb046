import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Home } from '../e2e/sigill.js';
import { type ApplyDocument, kindsOf, type UndoDocument } from '../mail/documents.js';
import { type ProgramsHome, runProgram, usedProfile } from '../mail/programs.js';
import { addIdentity } from '../mail/thunderbird.js';
import { treeOf } from '../mail/tree.js';

// Real Firefox and Thunderbird make the profiles; NSS' own tools and the programs themselves look at what became of them.

const card = ['--simulate', 'fineid-v4'];
/** The root on the simulated card. */
const root = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';
const address = 'elli.esimerkki@sigill.example';

const home = new Home();
let at: ProgramsHome;
let firefox: string;
let thunderbird: string;
let before: Readonly<Record<string, string>>;

beforeAll(async () => {
  const environment = home.environment();
  at = { home: environment['HOME']!, environment };
  mkdirSync(environment['XDG_RUNTIME_DIR']!, { recursive: true, mode: 0o700 });
  mkdirSync(at.home, { recursive: true });
  firefox = await usedProfile('firefox-esr', at, 'person');
  thunderbird = await usedProfile('thunderbird', at, 'person');
  const running = await runProgram('thunderbird', at, thunderbird);
  await addIdentity(running, address.toUpperCase());
  await addIdentity(running, 'other@example.org');
  await running.quit();
  mkdirSync(join(home.folder, 'config/chromium'), { recursive: true });
  // A Snap and a Flatpak, with the databases of the real ones.
  for (const place of [
    'snap/firefox/common/.mozilla/firefox/p.default',
    '.var/app/org.mozilla.Thunderbird/.thunderbird/p.default',
  ])
    cpSync(firefox, join(at.home, place), { recursive: true });
  before = { ...treeOf(at.home), ...treeOf(join(home.folder, 'config')) };
}, 120_000);
afterAll(() => home.remove());

const now = (): Readonly<Record<string, string>> => ({ ...treeOf(at.home), ...treeOf(join(home.folder, 'config')) });
const apply = (...more: string[]) => home.json<ApplyDocument>([...card, 'mail', 'apply', ...more]);
const undo = () => home.json<UndoDocument>([...card, 'mail', 'undo']);

describe('mail and browsers are set up for the card', () => {
  it('a plan tells all and writes nothing', async () => {
    const { output } = await home.sigill([...card, 'mail', 'plan', '--trust', root]);
    expect(output).toContain(
      'ELLI.ESIMERKKI@SIGILL.EXAMPLE will use the card’s certificate for signing and encryption.',
    );
    expect(output).toContain('other@example.org stands in no certificate of the card.');
    expect(output).toMatch(/Firefox \(person, .*\): the module .* will be registered\./);
    expect(output).toMatch(/Firefox \(.*snap.*\): is a Snap/);
    expect(output).toMatch(/Thunderbird \(.*\.var.*\): is a Flatpak/);
    expect(now()).toEqual(before);
  });

  it('apply does it once, NSS sees it, and undo gives every file back byte for byte', async () => {
    const done = await apply('--trust', root);
    expect(kindsOf(done, 'firefox')).toEqual(['module', 'authority', 'authority']);
    expect(kindsOf(done, 'thunderbird')).toEqual(['module', 'authority', 'authority', 'account']);
    expect(kindsOf(done, 'shared')).toEqual(['database', 'module', 'authority', 'authority']);
    const shared = join(at.home, '.pki/nssdb');
    for (const folder of [firefox, thunderbird, shared]) {
      expect(tool('modutil', '-list', '-dbdir', `sql:${folder}`)).toMatch(/Sigill\n.*p11-kit-client\.so/);
      expect(tool('certutil', '-L', '-d', `sql:${folder}`)).toMatch(/Sigill TEST Root CA .* ,C, /);
    }
    const again = await apply('--trust', root);
    expect(again.changes).toEqual([]);
    expect(await undo()).toMatchObject({ mended: 0, kept: [], left: [] });
    expect(now()).toEqual(before);
    expect(existsSync(shared)).toBe(false);
    expect((await home.sigill([...card, 'mail', 'undo'])).output).toBe('There was nothing to undo.\n');
  });

  it('the programs themselves load the module, trust the CA for mail alone, and find the account’s certificate', async () => {
    await apply('--trust', root);
    const der = execFileSync('openssl', ['x509', '-outform', 'der'], {
      input: (await home.sigill([...card, 'cert', 'export', '45'])).output,
    });
    const mail = await runProgram('thunderbird', at, thunderbird);
    const seen = await mail.driver.run<Record<string, unknown>>(looks, der.toString('base64'), address.toUpperCase());
    await mail.quit();
    expect(seen).toMatchObject({ modules: expect.arrayContaining(['Sigill']) as unknown, mail: true, web: false });
    expect(seen['signing']).toBe(seen['dbKey']);
    expect(seen['encryption']).toBe(seen['dbKey']);
    expect(seen['name']).toBe(seen['displayName']);
    const browser = await runProgram('firefox-esr', at, firefox);
    const { modules } = await browser.driver.run<{ modules: string[] }>(
      `return (async () => ({ modules: ${moduleNames} }))();`,
    );
    await browser.quit();
    expect(modules).toContain('Sigill');
  });

  it('undo after the programs have run takes back only what was set up', async () => {
    const outcome = await undo();
    expect(outcome).toMatchObject({ left: [] });
    expect(outcome.mended).toBeGreaterThan(0);
    const preferences = readFileSync(join(thunderbird, 'prefs.js'), 'utf8');
    expect(preferences).not.toMatch(/_cert_/);
    expect(preferences).toContain('ELLI.ESIMERKKI@SIGILL.EXAMPLE');
    for (const folder of [firefox, thunderbird]) {
      expect(readFileSync(join(folder, 'pkcs11.txt'), 'utf8')).not.toContain('p11-kit');
      expect(tool('certutil', '-L', '-d', `sql:${folder}`)).not.toContain('Sigill TEST');
    }
  });

  it('a folder that cannot be written to, and files that are no text, are left with the reason', async () => {
    const shared = join(at.home, '.pki/nssdb');
    mkdirSync(shared, { recursive: true });
    writeFileSync(join(shared, 'pkcs11.txt'), Uint8Array.of(0xff, 0xfe, 0x00));
    execFileSync('chmod', ['0500', firefox]);
    const { left, profiles } = await apply();
    execFileSync('chmod', ['0700', firefox]);
    const why = (program: string) =>
      left
        .filter(({ profile }) => profiles.some((one) => one.id === profile && one.program === program))
        .map((one) => one.why);
    expect(why('shared')).toEqual(['unreadable']);
    expect(why('firefox')).toContain('read-only');
    await undo();
  });
});

const moduleNames = `(await Cc['@mozilla.org/security/pkcs11moduledb;1'].getService(Ci.nsIPKCS11ModuleDB).listModules()).map((one) => one.name)`;

/** What Thunderbird itself makes of it. */
const looks = `return (async () => {
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  const own = database.constructX509FromBase64(arguments[0]);
  const authority = database.getCerts().find((one) => one.displayName === 'Sigill TEST Root CA');
  const identity = MailServices.accounts.allIdentities.find((one) => one.email === arguments[1]);
  const trusted = (use) => database.isCertTrusted(authority, Ci.nsIX509Cert.CA_CERT, use);
  return {
    modules: ${moduleNames},
    mail: trusted(Ci.nsIX509CertDB.TRUSTED_EMAIL),
    web: trusted(Ci.nsIX509CertDB.TRUSTED_SSL),
    dbKey: own.dbKey,
    displayName: own.displayName,
    signing: identity.getCharAttribute('signing_cert_dbkey'),
    encryption: identity.getCharAttribute('encryption_cert_dbkey'),
    name: identity.getUnicharAttribute('signing_cert_name'),
  };
})();`;

/** With the programs' own NSS: the system's may be too old to read the trust that they write. */
function tool(name: string, ...words: string[]): string {
  const env = { ...at.environment, LD_LIBRARY_PATH: '/usr/lib/firefox-esr' };
  return execFileSync(name, words, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
}
