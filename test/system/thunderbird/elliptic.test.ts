import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Home } from '../../e2e/sigill.js';
import { buildPage } from '../../e2e-window/build-page.js';
import { mailIn, openWithKey, readLetter, sendLetter, workOnMail } from './letters.js';
import { MailDesk, pictures } from './mail-desk.js';
import { pageInstead } from './open-mail.js';

const card = 'fineid-v4';
const text = 'Only the card opens this.';
const words = ['--simulate', card];
/** A simulated card is in one program only; in another home it is there once more. */
const other = new Home();
let desk: MailDesk;
let mail: string;

beforeAll(async () => {
  buildPage();
  desk = await MailDesk.open({ card, address: 'elli.esimerkki@sigill.example', words });
  await desk.start();
}, 240_000);
afterAll(async () => {
  await desk?.close();
  other.remove();
});

it('a letter is written in the compose window, signed and encrypted, and sent; PIN1 is typed on Sigill’s page', async () => {
  mail = await sendLetter(desk, text);
});

it('openssl opens it with the card’s key and finds the signature inside good', async () => {
  expect(await openWithKey(desk, mail, text)).toMatch(/^Content-Type: multipart\/signed; .*micalg=sha-384/);
});

it('sigill mail decrypt opens it with the card', async () => {
  const path = desk.file('letter.eml', mail);
  const made = await workOnMail(other, [...words, '--pin-stdin', 'mail', 'decrypt', path], { input: ['1234'] });
  expect(made).toMatchObject({ state: 'decrypted' });
  expect(mailIn(made)).toContain(text);
});

// NSS has the token derive the wrapping key and unwrap the content's key with it. p11-kit's module carries no CKM_AES_KEY_WRAP, and before
// 0.25 no CKM_ECDH1_DERIVE either; NSS does both by itself for tokens that cannot, but only where the sender repeated the curve in the mail.
it('Thunderbird itself does not open it: between it and an elliptic key p11-kit’s module does not carry what it takes', async () => {
  await readLetter(desk, mail);
  expect(await pageInstead(desk.thunderbird)).toBe('Thunderbird cannot decrypt this message');
  desk.sigill.screen.picture(join(pictures, `${card}-reading.png`));
});
