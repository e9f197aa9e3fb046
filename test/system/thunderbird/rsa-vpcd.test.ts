import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, Home, shown } from '../../e2e/sigill.js';
import { buildPage } from '../../e2e-window/build-page.js';
import { type PcscDaemon, pcscDaemon } from '../pcscd.js';
import { mailIn, openWithKey, readLetter, sendLetter, workOnMail } from './letters.js';
import { MailDesk, pictures } from './mail-desk.js';
import { openMail, shownMail } from './open-mail.js';

// Thunderbird, p11-kit's module, Sigill, pcscd, vpcd, and behind it the simulated card in a process of its own.
describe.each([
  { name: 'fineid-v3', address: 'elli.esimerkki@sigill.example' },
  { name: 'myeid', address: 'alex.example@sigill.example' },
] as const)('an RSA card in pcscd: $name', ({ name, address }) => {
  const text = 'Through pcscd and back.';
  const holder = new Home();
  let daemon: PcscDaemon;
  let card: ChildProcess;
  let desk: MailDesk;
  let mail: string;
  let opened: string;

  beforeAll(async () => {
    buildPage();
    daemon = await pcscDaemon();
    await daemon.start();
    card = await cardIn(holder, name, daemon);
    desk = await MailDesk.open({ card: name, address, words: [], environment: daemon.env });
    await desk.start();
  }, 240_000);
  afterAll(async () => {
    await desk?.close();
    card?.kill('SIGTERM');
    await daemon?.dispose();
    holder.remove();
  });

  it('a letter is written in the compose window, signed and encrypted, and sent', async () => {
    mail = await sendLetter(desk, text);
  });

  it('openssl opens it with the card’s key and finds the signature inside good', async () => {
    const path = desk.file('letter.eml', mail);
    expect(desk.openssl('cms', '-cmsout', '-print', '-noout', '-in', path)).toMatch(/d\.ktri:/);
    expect(await openWithKey(desk, mail, text)).toMatch(/^Content-Type: multipart\/signed; .*micalg=sha-256/);
  });

  it('sigill mail decrypt opens it with the same card while Sigill serves Thunderbird', async () => {
    const { home, environment } = desk.sigill;
    const words = ['--pin-stdin', 'mail', 'decrypt', desk.file('letter.eml', mail)];
    const made = await workOnMail(home, words, { input: ['1234'], environment });
    expect(made).toMatchObject({ state: 'decrypted' });
    opened = made.path ?? '';
    expect(mailIn(made)).toContain(text);
  });

  it('Thunderbird that is started again shows it once PIN1 is typed on Sigill’s page: encrypted, and signed by its sender', async () => {
    await readLetter(desk, mail);
    const read = await shownMail(desk.thunderbird);
    desk.sigill.screen.picture(join(pictures, `${name}-reading.png`));
    expect(read.text).toContain(text);
    expect(read.security).toEqual(['S/MIME', 'message-encrypted-ok', 'message-signed-ok']);
    expect(read.panel).toContain('Message Is Encrypted');
    expect(desk.sigill.unseen).toBe(0);
  });

  it('sigill mail encrypt learns from the signed mail that Thunderbird opens no AES-GCM; Thunderbird opens the answer', async () => {
    const { home, environment } = desk.sigill;
    const fields = `From: ${address}\r\nTo: ${address}\r\nSubject: Answer\r\n`;
    const answer = desk.file('answer.eml', `${fields}\r\nFor a program that knows CBC.\r\n`);
    const made = await workOnMail(home, ['mail', 'encrypt', answer, '--to', opened], { environment });
    expect(made).toMatchObject({ state: 'encrypted', cipher: 'AES-256-CBC' });
    await openMail(desk.thunderbird, made.path ?? '');
    const read = await shownMail(desk.thunderbird);
    expect(read.text).toContain('For a program that knows CBC.');
    expect(read.security).toEqual(['S/MIME', 'message-encrypted-ok']);
  });
});

/** Puts a simulated card into the first reader of pcscd; resolves when it is seen there. */
async function cardIn(holder: Home, name: string, { ports, env }: PcscDaemon): Promise<ChildProcess> {
  const words = [bin, 'simulate', name, '--vpcd', `127.0.0.1:${ports[0]}`];
  const child = spawn(process.execPath, words, { env: holder.environment(), stdio: ['ignore', 'pipe', 'ignore'] });
  await shown(child.stdout, /\n/);
  const waiting = ['--wait', '--reader', '0', '--atr'];
  const seen = spawn('opensc-tool', waiting, { env: { ...process.env, ...env }, stdio: 'ignore' });
  expect(await once(seen, 'exit')).toEqual([0, null]);
  return child;
}
