import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Home, RunOptions } from '../../e2e/sigill.js';
import { closeSecurity, encrypt, securityOf, send, sent, writeLetter } from './compose.js';
import { type MailDesk, pictures } from './mail-desk.js';
import { openMail } from './open-mail.js';

const pin = '1234';

/** A letter to oneself, written in the compose window, signed and encrypted with the card. Gives the mail as it came to the server. */
export async function sendLetter(desk: MailDesk, text: string): Promise<string> {
  const { thunderbird, sigill, address, card } = desk;
  await writeLetter(thunderbird, { to: address, subject: 'From the compose window', text });
  await encrypt(thunderbird);
  sigill.screen.picture(join(pictures, `${card}-compose.png`));
  const security = await securityOf(thunderbird);
  expect(security.slice(0, 2)).toEqual([address, 'Valid']);
  sigill.screen.picture(join(pictures, `${card}-security.png`));
  await closeSecurity(thunderbird);
  const arriving = desk.sink.next();
  const asked = sigill.givePin(pin, dialog, join(pictures, `${card}-pin.png`));
  await send(thunderbird);
  expect(await asked).toMatch(/thunderbird/i);
  const mail = await arriving;
  await sent(thunderbird);
  expect(mail).toMatch(/^Content-Type: application\/pkcs7-mime; .*smime-type=enveloped-data/m);
  expect(mail).not.toContain(text);
  return mail;
}

/** Opens a mail with openssl and the card's own key, outside of the card, and checks the signature inside. Gives the MIME type of what was inside. */
export async function openWithKey(desk: MailDesk, mail: string, text: string): Promise<string> {
  const { authorities, own, key } = desk.pems(await ownCertificate(desk));
  const path = desk.file('letter.eml', mail);
  const inside = desk.openssl('cms', '-decrypt', '-in', path, '-recip', own, '-inkey', key);
  const signed = desk.file('inside.eml', inside);
  expect(desk.openssl('cms', '-verify', '-in', signed, '-CAfile', authorities)).toContain(text);
  return /^Content-Type: .*/m.exec(inside)?.[0] ?? '';
}

/** What Sigill made of a mail. */
export interface Made {
  readonly state: string;
  readonly path?: string;
  readonly cipher?: string;
}

/** Has `sigill mail` in a home work on a mail, and gives the path of what it made and the cipher of what it encrypted. */
export async function workOnMail(home: Home, words: readonly string[], options: RunOptions = {}): Promise<Made> {
  const { output, errors } = await home.sigill([...words, '--json'], options);
  const { documents = [] } = JSON.parse(output || '{}') as { readonly documents?: readonly Made[] };
  const [made] = documents;
  if (made === undefined) throw new Error(`Sigill made nothing: ${errors}`);
  return made;
}

/** Opens a mail in the message pane of a Thunderbird that is not logged in; PIN1 is typed on Sigill's page. */
export async function readLetter(desk: MailDesk, mail: string): Promise<void> {
  const thunderbird = await desk.start();
  const asked = desk.sigill.givePin(pin);
  await openMail(thunderbird, desk.file('letter.eml', mail));
  expect(await asked).toMatch(/thunderbird/i);
}

/** The bytes of the mail that Sigill made, one character for each. */
export const mailIn = ({ path = '' }: Made): string => readFileSync(path, 'latin1');

// Thunderbird's own dialog says that it waits; it stays for ever when the answer is there before the dialog is. While it is shown Thunderbird
// answers no driver, so it is looked for on the screen.
const dialog = 'Protected Authentication';

async function ownCertificate({ thunderbird, address }: MailDesk): Promise<X509Certificate> {
  return new X509Certificate(Buffer.from(await thunderbird.driver.run<string>(certificateOf, address), 'base64'));
}

const certificateOf = `const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const identity = MailServices.accounts.allIdentities.find(({ email }) => email === arguments[0]);
  const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  return database.findCertByDBKey(identity.getCharAttribute('encryption_cert_dbkey')).getBase64DERString();`;
