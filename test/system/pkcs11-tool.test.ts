import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digest, type Pkcs11Desk, pkcs11Desk } from './pkcs11-tools.js';

let desk: Pkcs11Desk;
const data = randomBytes(100);

beforeAll(async () => {
  desk = await pkcs11Desk('myeid', 'fineid-v4', 'fineid-v3');
  desk.file('data', data);
});
beforeEach(() => desk.person.reset());
afterAll(() => desk.close());

/** pkcs11-tool, when it ended well. */
async function tool(...args: readonly string[]): Promise<string> {
  const { exit, text } = await desk.tool(...args);
  expect([exit, text]).toEqual([0, expect.any(String)]);
  return text;
}

/** The certificate `id` of a slot as a public key for openssl. */
async function publicKey(slot: number, id: string): Promise<string> {
  await tool('--slot', `${slot}`, '--read-object', '--type', 'cert', '--id', id, '-o', desk.file('cert.der'));
  const { text } = await desk.run(
    'openssl',
    'x509',
    '-inform',
    'der',
    '-in',
    desk.file('cert.der'),
    '-pubkey',
    '-noout',
  );
  return desk.file(`key-${slot}-${id}.pem`, text);
}

it('lists a token for each PIN, in words that tell them apart', async () => {
  const text = await tool('-L');
  const labels = [...text.matchAll(/token label {8}: (.*)/g)].map(([, label]) => label);
  expect(labels).toEqual([
    'MyEID card (PIN1)',
    'MyEID card (PIN2)',
    'Finnish identity card (PIN1)',
    'Finnish identity card (PIN2)',
    'Finnish identity card 2 (PIN1)',
    'Finnish identity card 2 (PIN2)',
  ]);
  expect(text.match(/token flags {8}: (.*)/)?.[1]).toBe(
    'login required, PIN pad present, rng, token initialized, PIN initialized, readonly',
  );
});

it('shows certificates and public keys to everybody, private keys to who is logged in', async () => {
  const kinds = (text: string): string[] => [...text.matchAll(/^(\w+ ?\w*) Object;/gm)].map(([, kind = '']) => kind);
  const open = kinds(await tool('--slot', '5', '-O'));
  expect(desk.person.forms).toEqual([]);
  expect(open).toEqual(['Certificate', 'Public Key', 'Certificate', 'Certificate']);
  const own = kinds(await tool('--slot', '5', '--login', '-O'));
  expect(own).toEqual(['Certificate', 'Public Key', 'Private Key', 'Certificate', 'Certificate']);
  expect(desk.person.forms).toMatchObject([{ operation: 'login', requester: 'pkcs11-tool', atStake: { pin: 'PIN1' } }]);
});

it('passes its own test of signatures, digests and deciphering', async () => {
  const text = await tool('--slot', '1', '--login', '--test');
  expect(text).toContain('No errors');
  expect(text).toContain('RSA-PKCS-OAEP');
  expect(desk.person.forms).toHaveLength(1);
});

describe.each([
  ['MyEID', 1, '45'],
  ['a Finnish card with RSA', 9, '45'],
] as const)('RSA signatures of %s', (_card, slot, id) => {
  it.each([['SHA256'], ['SHA384'], ['SHA512']])('with PKCS#1 and %s', async (hash) => {
    await tool(...sign(slot, id, `${hash}-RSA-PKCS`), '-i', desk.file('data'), '-o', desk.file('signature'));
    expect(await checked(await publicKey(slot, id), hash)).toBe('Verified OK\n');
  });

  it.each([['SHA256'], ['SHA384'], ['SHA512']])('with PSS and %s', async (hash) => {
    const input = desk.file('digest', digest(hash, data));
    const pss = ['--hash-algorithm', hash, '--mgf', `MGF1-${hash}`];
    await tool(...sign(slot, id, 'RSA-PKCS-PSS'), ...pss, '-i', input, '-o', desk.file('signature'));
    expect(await checked(await publicKey(slot, id), hash, 'rsa_padding_mode:pss')).toBe('Verified OK\n');
  });
});

describe.each([
  ['MyEID', 1, '47'],
  ['a Finnish card', 5, '45'],
] as const)('ECDSA signatures of %s', (_card, slot, id) => {
  it.each([['SHA1'], ['SHA224'], ['SHA256'], ['SHA384'], ['SHA512']])('over a digest of %s', async (hash) => {
    const input = desk.file('digest', digest(hash, data));
    await tool(...sign(slot, id, 'ECDSA'), '--signature-format', 'openssl', '-i', input, '-o', desk.file('signature'));
    expect(await checked(await publicKey(slot, id), hash)).toBe('Verified OK\n');
  });
});

it('a signature with a key that wants its PIN each time asks once more', async () => {
  const input = desk.file('digest', digest('SHA384', data));
  await tool(...sign(6, '46', 'ECDSA'), '--signature-format', 'openssl', '-i', input, '-o', desk.file('signature'));
  expect(await checked(await publicKey(6, '46'), 'SHA384')).toBe('Verified OK\n');
  expect(desk.person.forms.map(({ operation }) => operation)).toEqual(['login', 'sign']);
});

it('checks signatures, and refuses a wrong one', async () => {
  const input = desk.file('digest', digest('SHA384', data));
  await tool(...sign(5, '45', 'ECDSA'), '-i', input, '-o', desk.file('signature'));
  const verify = ['--slot', '5', '--verify', '-m', 'ECDSA', '--id', '45', '--signature-file', desk.file('signature')];
  expect(await tool(...verify, '-i', input)).toContain('Signature is valid');
  expect((await desk.tool(...verify, '-i', desk.file('other', digest('SHA384', randomBytes(9))))).text).toContain(
    'Invalid signature',
  );
});

it('deciphers what was encrypted with the certificate', async () => {
  const key = await publicKey(9, '45');
  const secret = desk.file('secret', randomBytes(32));
  const padding = ['-pkeyopt', 'rsa_padding_mode:pkcs1'];
  await desk.run(
    'openssl',
    'pkeyutl',
    '-encrypt',
    '-pubin',
    '-inkey',
    key,
    ...padding,
    '-in',
    secret,
    '-out',
    desk.file('hidden'),
  );
  await tool(
    '--slot',
    '9',
    '--login',
    '--decrypt',
    '-m',
    'RSA-PKCS',
    '--id',
    '45',
    '-i',
    desk.file('hidden'),
    '-o',
    desk.file('plain'),
  );
  expect(desk.read('plain')).toEqual(desk.read('secret'));
});

const sign = (slot: number, id: string, mechanism: string): readonly string[] => [
  '--slot', `${slot}`, '--login', '--sign', '-m', mechanism, '--id', id,
]; // prettier-ignore

async function checked(key: string, hash: string, ...options: readonly string[]): Promise<string> {
  const padding = options.flatMap((option) => ['-sigopt', option]);
  const files = ['-verify', key, '-signature', desk.file('signature'), desk.file('data')];
  return (await desk.run('openssl', 'dgst', `-${hash.toLowerCase()}`, ...padding, ...files)).text;
}
