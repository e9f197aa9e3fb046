import { X509Certificate } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testCa } from '../../../core/sim/test-ca.js';
import { Home } from '../../e2e/sigill.js';
import { runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { pkcs11Desk, type Pkcs11Desk } from '../pkcs11-tools.js';
import { type MailSink, mailSink } from './mail-sink.js';
import { addAccount, sendMail } from './send-mail.js';
import { tokenDialog } from './visit.js';

const address = 'mats.exempel@esimerkki.example';
const root = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';

const home = new Home();
let desk: Pkcs11Desk;
let sink: MailSink;
let profile: string;
let thunderbird: RunningProgram;

beforeAll(async () => {
  desk = await pkcs11Desk('fineid-org');
  sink = await mailSink();
  const environment = home.environment(desk.env);
  const at = { home: environment['HOME']!, environment };
  mkdirSync(environment['XDG_RUNTIME_DIR']!, { recursive: true, mode: 0o700 });
  profile = await usedProfile('thunderbird', at, 'person');
  const before = await runProgram('thunderbird', at, profile);
  await addAccount(before, address, sink.port);
  await before.quit();
  await home.json(['--simulate', 'fineid-org', 'mail', 'apply', '--trust', root]);
  thunderbird = await runProgram('thunderbird', at, profile);
  desk.person.thinks = () => tokenDialog(thunderbird);
});
beforeEach(() => desk.person.reset());
afterAll(async () => {
  await thunderbird?.kill();
  sink.close();
  await desk.close();
  home.remove();
});

it('Thunderbird that was set up shows the card’s certificates, and its account signs with the one with its address; nobody is asked for a PIN', async () => {
  const { own, signing, encryption } = await thunderbird.driver.run<Seen>(looks, address);
  expect(own.map(({ token }) => token)).toEqual(['Organisation card (PIN1)', 'Organisation card (PIN2)']);
  // No source says that this card agrees on keys: what is encrypted to it nothing here would open.
  expect([signing, encryption]).toEqual([own[0]?.key, '']);
  expect(desk.person.forms).toEqual([]);
});

it('a mail that it sends is signed by the card, once Sigill has asked for PIN1; openssl finds the signature good', async () => {
  const arriving = sink.next();
  await sendMail(thunderbird, { address, subject: 'Signed', body: 'Signed by the card.', encrypted: false });
  const mail = await arriving;
  expect(mail).toMatch(/^Content-Type: multipart\/signed; .*micalg=sha-384/m);
  expect(desk.person.forms).toMatchObject([{ requester: 'thunderbird', atStake: { pin: 'PIN1' } }]);
  const trusted = ['-CAfile', desk.file('authorities.pem', authorities.join('\n'))];
  const verified = await desk.run('openssl', 'cms', '-verify', '-in', file(mail), ...trusted, '-signer', 'signer.pem');
  expect(verified).toMatchObject({ exit: 0, text: expect.stringContaining('Signed by the card.') as string });
  expect(new X509Certificate(desk.read('signer.pem')).subjectAltName).toBe(`email:${address}`);
  const changed = await desk.run('openssl', 'cms', '-verify', '-in', file(mail.replace('by the', 'by a')), ...trusted);
  expect(changed.exit).not.toBe(0);
});

it('a mail to its own person is not encrypted: the card would not open it', async () => {
  const mail = { address, subject: 'Hidden', body: 'For the card alone.', encrypted: true };
  await expect(sendMail(thunderbird, mail)).rejects.toThrow('Thunderbird did not send');
});

interface Seen {
  readonly own: readonly { readonly token: string; readonly key: string }[];
  readonly signing: string;
  readonly encryption: string;
}

const authorities = [testCa().root, ...Object.values(testCa().issuing)].map(({ pem }) => pem);

const file = (mail: string): string => desk.file('mail.eml', Buffer.from(mail, 'latin1'));

const looks = `const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  const own = database.getCerts().filter((one) => one.certType & Ci.nsIX509Cert.USER_CERT);
  const identity = MailServices.accounts.allIdentities.find(({ email }) => email === arguments[0]);
  return {
    own: own.map(({ tokenName, dbKey }) => ({ token: tokenName, key: dbKey })),
    signing: identity.getCharAttribute('signing_cert_dbkey'),
    encryption: identity.getCharAttribute('encryption_cert_dbkey') ?? '',
  };`;
