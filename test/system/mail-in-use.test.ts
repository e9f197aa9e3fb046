import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, Home, shown } from '../e2e/sigill.js';
import { type ApplyDocument, kindsOf, type UndoDocument } from '../mail/documents.js';
import { type ProgramsHome, runProgram, usedProfile } from '../mail/programs.js';
import { treeOf } from '../mail/tree.js';

const card = ['--simulate', 'fineid-v4'];
const root = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';
const home = new Home();
let at: ProgramsHome;
let profile: string;

beforeAll(async () => {
  const environment = home.environment();
  at = { home: environment['HOME']!, environment };
  mkdirSync(environment['XDG_RUNTIME_DIR']!, { recursive: true, mode: 0o700 });
  mkdirSync(at.home, { recursive: true });
  profile = await usedProfile('firefox-esr', at, 'person');
}, 120_000);
afterAll(() => home.remove());

const apply = (options = {}, ...more: string[]) =>
  home.json<ApplyDocument>([...card, 'mail', 'apply', ...more], options);
const undo = () => home.json<UndoDocument>([...card, 'mail', 'undo']);
const reasons = ({ left }: { left: ApplyDocument['left'] }) => left.map(({ why }) => why);

describe('a program that runs', () => {
  it('is left alone by apply and undo, and set up once it is closed or has crashed', async () => {
    let browser = await runProgram('firefox-esr', at, profile);
    const refused = await apply();
    expect([kindsOf(refused, 'firefox'), reasons(refused)]).toEqual([[], ['running']]);
    await browser.kill();
    expect(kindsOf(await apply(), 'firefox')).toEqual(['module']);
    browser = await runProgram('firefox-esr', at, profile);
    expect(reasons(await undo())).toEqual(['running']);
    await browser.quit();
    expect(await undo()).toMatchObject({ restored: 1, left: [] });
  });

  it('in a terminal apply waits until it is closed, and goes on by itself', async () => {
    const browser = await runProgram('firefox-esr', at, profile);
    const command = `${process.execPath} ${new URL('../../host/bin/sigill.js', import.meta.url).pathname} ${card.join(' ')} mail apply`;
    const terminal = spawn('script', ['-qec', command, '/dev/null'], { env: at.environment });
    const words = ended(terminal);
    await shown(terminal.stdout, /Close Firefox \(person/);
    await browser.quit();
    const { code, output } = await words;
    expect(code).toBe(0);
    expect(output.replace(/\s+/g, ' ')).toMatch(/the module through which programs reach the card is registered\./);
    await undo();
  });

  it('Chromium that runs holds up the database that it shares', async () => {
    const folder = join(home.folder, 'config/chromium');
    mkdirSync(join(at.home, '.pki/nssdb'), { recursive: true });
    execFileSync('certutil', ['-N', '-d', `sql:${join(at.home, '.pki/nssdb')}`, '--empty-password']);
    const words = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${folder}`,
      '--remote-debugging-port=0',
      'about:blank',
    ];
    const chromium = spawn('chromium', words, { env: { ...at.environment, HOME: at.home } });
    await shown(chromium.stderr, /DevTools listening/);
    expect(reasons(await apply())).toEqual(['running']);
    chromium.kill('SIGTERM');
    await once(chromium, 'exit');
    expect(kindsOf(await apply(), 'shared')).toEqual(['module']);
    await undo();
    rmSync(join(at.home, '.pki'), { recursive: true });
  });
});

describe('a database with a primary password', () => {
  it('gets the module without it, and the CA certificates with it; undo needs none', async () => {
    const browser = await runProgram('firefox-esr', at, profile);
    await browser.driver.run(
      `Cc['@mozilla.org/security/internalkeytoken;1'].createInstance(Ci.nsIPKCS11Token).changePassword('', arguments[0]);`,
      'a pass phrase, åäö',
    );
    await browser.quit();
    const before = treeOf(profile);
    const without = await apply({}, '--trust', root);
    expect([kindsOf(without, 'firefox'), reasons(without)]).toEqual([['module'], ['password']]);
    const wrong = await apply({ input: ['not it'] }, '--pin-stdin', '--trust', root);
    expect([kindsOf(wrong, 'firefox'), reasons(wrong)]).toEqual([[], ['password']]);
    const right = await apply({ input: ['not it', 'a pass phrase, åäö'] }, '--pin-stdin', '--trust', root);
    expect([kindsOf(right, 'firefox'), reasons(right)]).toEqual([['authority', 'authority'], []]);
    // The system's NSS may be too old to read what the program's own has written.
    const env = { ...process.env, LD_LIBRARY_PATH: '/usr/lib/firefox-esr' };
    const list = execFileSync('certutil', ['-L', '-d', `sql:${profile}`], { encoding: 'utf8', env });
    expect(list).toMatch(/Sigill TEST Root CA .* ,C, /);
    expect(await undo()).toMatchObject({ mended: 0, left: [] });
    expect(treeOf(profile)).toEqual(before);
  });

  it('leaves no trace of the password in any file of Sigill', async () => {
    const files = home.files().filter(([path]) => path.startsWith('state') || path.startsWith('cache'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(([, bytes]) => bytes.includes('pass phrase')).map(([path]) => path)).toEqual([]);
  });
});
