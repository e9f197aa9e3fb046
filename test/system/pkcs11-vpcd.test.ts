import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCard, type SimulatedCard } from '@sigill/core/sim';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPcsc } from '../../host/cards/open-pcsc.js';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import { Program } from '../pkcs11/program.js';
import { type Pkcs11Stage, pkcs11Stage } from '../pkcs11/stage.js';
import { type PcscDaemon, pcscDaemon } from './pcscd.js';
import { digest, module, type Outcome } from './pkcs11-tools.js';

let daemon: PcscDaemon;
let stage: Pkcs11Stage;
let card: SimulatedCard;
const pulled = new AbortController();
let ended: Promise<void>;

beforeAll(async () => {
  daemon = await pcscDaemon();
  await daemon.start();
  Object.assign(process.env, daemon.env);
  card = createCard('fineid-v4');
  const session = await connectToVpcd({ host: '127.0.0.1', port: daemon.ports[0], card, signal: pulled.signal });
  ended = session.ended;
  await run('opensc-tool', '--wait', '--reader', '0', '--atr');
  stage = await pkcs11Stage([], await openPcsc());
});
afterAll(async () => {
  await stage.close();
  pulled.abort();
  await ended;
  await daemon.dispose();
});

function run(program: string, ...args: readonly string[]): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: '/nowhere', ...daemon.env, ...stage?.env };
  return new Promise((resolve) =>
    execFile(program, args, { env, encoding: 'utf8' }, (error, out, err) =>
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, text: out + err }),
    ),
  );
}

it('a program signs with the card in a real reader’s place, through pcscd', async () => {
  const data = randomBytes(80);
  const at = (name: string): string => join(stage.folder, name);
  writeFileSync(at('data'), data);
  writeFileSync(at('digest'), digest('sha384', data));
  const tool = ['--module', module, '--slot', '1'];
  const sign = ['--login', '--sign', '-m', 'ECDSA', '--id', '45', '--signature-format', 'openssl'];
  const made = await run('pkcs11-tool', ...tool, ...sign, '-i', at('digest'), '-o', at('signature'));
  expect([made.exit, made.text]).toEqual([0, expect.any(String)]);
  await run('pkcs11-tool', ...tool, '--read-object', '--type', 'cert', '--id', '45', '-o', at('cert.der'));
  const { text } = await run('openssl', 'x509', '-inform', 'der', '-in', at('cert.der'), '-pubkey', '-noout');
  writeFileSync(at('key.pem'), text);
  const check = ['-sha384', '-verify', at('key.pem'), '-signature', at('signature'), at('data')];
  expect((await run('openssl', 'dgst', ...check)).text).toBe('Verified OK\n');
  expect(readFileSync(at('signature')).length).toBeGreaterThan(90);
});

it('while a program is logged in, another program at the card finds no verified PIN', async () => {
  const program = await Program.start(stage, 1);
  await program.login();
  await program.sign((await program.keys())[0] ?? 0, digest('sha384', randomBytes(9)));
  // VERIFY without a body asks for the state, and costs no try: 63C5, five tries, not verified.
  const { text } = await run('opensc-tool', '--reader', '0', '-s', '00:20:00:11');
  expect(text).toContain('SW1=0x63, SW2=0xC5');
  expect(await program.sign((await program.keys())[0] ?? 0, digest('sha384', randomBytes(9)))).toHaveLength(96);
  expect(card.pins.get(0x11)?.triesLeft).toBe(5);
  program.client.close();
});
