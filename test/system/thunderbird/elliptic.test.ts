import { afterAll, beforeAll, expect, it } from 'vitest';
import { Home } from '../../e2e/sigill.js';
import { buildPage } from '../../e2e-window/build-page.js';
import { mailIn, openWithKey, readLetter, sendLetter, workOnMail } from './letters.js';
import { MailDesk } from './mail-desk.js';
import { openMail, shownMail } from './open-mail.js';

const card = 'fineid-org';
const text = 'Only the card opens this.';
const words = ['--simulate', card];
/** A simulated card is in one program only; in another home it is there once more. */
const other = new Home();
let desk: MailDesk;
let mail: string;
let opened: string;

beforeAll(async () => {
  buildPage();
  desk = await MailDesk.open({ card, address: 'mats.exempel@esimerkki.example', words });
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
  opened = made.path;
  expect(mailIn(opened)).toContain(text);
});

it('Thunderbird that is started again shows it once PIN1 is typed on Sigill’s page: encrypted, and signed by its sender', async () => {
  const shown = await readLetter(desk, mail);
  expect(shown.text).toContain(text);
  expect(shown.security).toEqual(['S/MIME', 'message-encrypted-ok', 'message-signed-ok']);
  expect(shown.panel).toContain('Message Is Encrypted');
});

it('sigill mail encrypt takes from a mail that Thunderbird signed that it does not open AES-GCM; Thunderbird opens the answer', async () => {
  const answer = `From: ${desk.address}\r\nTo: ${desk.address}\r\nSubject: Answer\r\n\r\nFor a program that knows CBC.\r\n`;
  const made = await workOnMail(other, [
    ...words,
    ...['mail', 'encrypt', desk.file('answer.eml', answer), '--to', opened],
  ]);
  expect(made).toMatchObject({ state: 'encrypted', cipher: 'AES-256-CBC' });
  await openMail(desk.thunderbird, made.path);
  const shown = await shownMail(desk.thunderbird);
  expect(shown.text).toContain('For a program that knows CBC.');
  expect(shown.security).toEqual(['S/MIME', 'message-encrypted-ok']);
});
