import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bin, Home, shown } from '../../e2e/sigill.js';
import { buildPage } from '../../e2e-window/build-page.js';
import { type PcscDaemon, pcscDaemon } from '../pcscd.js';
import { mailIn, openWithKey, readLetter, sendLetter, workOnMail } from './letters.js';
import { MailDesk } from './mail-desk.js';

// Thunderbird, p11-kit's module, Sigill, pcscd, vpcd, and behind it the simulated card in a process of its own.
const text = 'Through pcscd and back.';
const holder = new Home();
let daemon: PcscDaemon;
let card: ChildProcess;
let desk: MailDesk;
let mail: string;

beforeAll(async () => {
  buildPage();
  daemon = await pcscDaemon();
  await daemon.start();
  const words = ['simulate', 'myeid', '--vpcd', `127.0.0.1:${daemon.ports[0]}`];
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  card = spawn(process.execPath, [bin, ...words], { env: holder.environment(), stdio });
  await shown(card.stdout!, /\n/);
  const waiting = spawn('opensc-tool', ['--wait', '--reader', '0', '--atr'], {
    env: { ...process.env, ...daemon.env },
    stdio: 'ignore',
  });
  expect(await once(waiting, 'exit')).toEqual([0, null]);
  const environment = daemon.env;
  desk = await MailDesk.open({ card: 'myeid', address: 'alex.example@sigill.example', words: [], environment });
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

it('openssl opens it with the card’s RSA key and finds the RSA signature inside good', async () => {
  expect(desk.openssl('cms', '-cmsout', '-print', '-noout', '-in', desk.file('letter.eml', mail))).toMatch(/d\.ktri:/);
  expect(await openWithKey(desk, mail, text)).toMatch(/^Content-Type: multipart\/signed; .*micalg=sha-256/);
});

it('sigill mail decrypt opens it with the same card while Sigill serves Thunderbird', async () => {
  const path = desk.file('letter.eml', mail);
  const { home, environment } = desk.sigill;
  const made = await workOnMail(home, ['--pin-stdin', 'mail', 'decrypt', path], { input: ['1234'], environment });
  expect(mailIn(made.path)).toContain(text);
});

it('Thunderbird that is started again shows it once PIN1 is typed on Sigill’s page: encrypted, and signed by its sender', async () => {
  const read = await readLetter(desk, mail);
  expect(read.text).toContain(text);
  expect(read.security).toEqual(['S/MIME', 'message-encrypted-ok', 'message-signed-ok']);
});
