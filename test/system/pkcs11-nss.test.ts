import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testCa } from '../../core/sim/test-ca.js';
import { module, type Pkcs11Desk, pkcs11Desk } from './pkcs11-tools.js';

let desk: Pkcs11Desk;
const token = 'MyEID card (PIN1)';

beforeAll(async () => {
  desk = await pkcs11Desk('myeid');
  await run('certutil', '-N', '-d', 'sql:.', '--empty-password');
  const root = desk.file('root.der', testCa().root.der);
  await run('certutil', '-A', '-d', 'sql:.', '-n', 'root', '-t', 'CT,C,C', '-i', root);
  await run('modutil', '-dbdir', 'sql:.', '-add', 'Sigill', '-libfile', module, '-force');
});
beforeEach(() => desk.person.reset());
afterAll(() => desk.close());

/** A program, when it ended well. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { exit, text } = await desk.run(program, ...args);
  expect([program, exit, text]).toEqual([program, 0, expect.any(String)]);
  return text;
}

it('modutil sees each token', async () => {
  const text = await run('modutil', '-dbdir', 'sql:.', '-list', 'Sigill');
  expect([...text.matchAll(/Token Name: (.*?) *$/gm)].map(([, name]) => name)).toEqual([
    'MyEID card (PIN1)',
    'MyEID card (PIN2)',
  ]);
});

it('certutil lists the certificates and the keys', async () => {
  const certificates = await run('certutil', '-L', '-d', 'sql:.', '-h', token);
  expect(certificates).toContain('MyEID card (PIN1):RSA authentication');
  expect(certificates).toMatch(/RSA authentication +u,u,u/);
  const keys = await run('certutil', '-K', '-d', 'sql:.', '-h', token);
  expect(keys).toMatch(/rsa +"E" +RSA authentication/);
  expect(keys).toMatch(/ec +"G" +EC authentication/);
});

it('cmsutil signs, and what it signed is whole', async () => {
  desk.file('letter', 'Dear card\n');
  const nickname = `${token}:RSA authentication`;
  await run('cmsutil', '-S', '-d', 'sql:.', '-N', nickname, '-i', 'letter', '-o', 'signed', '-H', 'SHA256', '-G');
  const openssl = ['-verify', '-inform', 'der', '-noverify', '-in', 'signed'];
  expect(await run('openssl', 'cms', ...openssl)).toContain('Dear card');
});

it('cmsutil opens what openssl has encrypted for the card', async () => {
  const pem = await run('certutil', '-L', '-d', 'sql:.', '-n', `${token}:RSA authentication`, '-a');
  desk.file('letter', 'For the card alone\n');
  const recipient = desk.file('recipient.pem', pem.slice(pem.indexOf('-----BEGIN')));
  await run('openssl', 'cms', '-encrypt', '-aes256', '-outform', 'der', '-in', 'letter', '-out', 'hidden', recipient);
  await run('cmsutil', '-D', '-d', 'sql:.', '-i', 'hidden', '-o', 'plain');
  expect(desk.read('plain').toString()).toContain('For the card alone');
});
