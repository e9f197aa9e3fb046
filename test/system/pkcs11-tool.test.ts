import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CardDesk, cardDesk } from './card-desk.js';
import { digest } from './programs-beside.js';
import { type KeyAt, pssOf, publicKey, signedByTool, type SigningWith, tool } from './signed-by-tool.js';

const myeid = 'MyEID card (PIN1)';
const fineid = 'Finnish identity card (PIN1)';
const asked = (token: string, purpose = 'Log in with your card'): string =>
  `pkcs11-tool: ${purpose}: ${token.includes('MyEID') ? 'PIN1' : 'Basic code (PIN1)'}`;

// Those that p11-kit 0.24 lets through: its protocol 0 has no room for others.
const rsa: readonly SigningWith[] = [
  { mechanism: 'RSA-PKCS', hash: 'SHA256' },
  ...['SHA1', 'SHA256', 'SHA384', 'SHA512'].map((hash) => ({ mechanism: `${hash}-RSA-PKCS`, hash })),
  ...['SHA1', 'SHA256', 'SHA384', 'SHA512'].map((hash) => ({ mechanism: 'RSA-PKCS-PSS', hash })),
];
const ecdsa: readonly SigningWith[] = [
  ...['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'].map((hash) => ({ mechanism: 'ECDSA', hash })),
  { mechanism: 'ECDSA-SHA1', hash: 'SHA1' },
];
const names = (list: readonly SigningWith[]): readonly string[] => [...new Set(list.map(({ mechanism }) => mechanism))];

let desk: CardDesk;
beforeAll(async () => {
  desk = await cardDesk('myeid', 'fineid-v4');
});
beforeEach(() => desk.person.reset());
afterAll(() => desk.close());

it('lists a token for each PIN, in words that tell them apart', async () => {
  const text = await tool(desk, '-L');
  const labels = [...text.matchAll(/token label {8}: (.*)/g)].map(([, label]) => label);
  expect(labels).toEqual([myeid, 'MyEID card (PIN2)', fineid, 'Finnish identity card (PIN2)']);
  expect(text.match(/token flags {8}: (.*)/)?.[1]).toBe(
    'login required, PIN pad present, rng, token initialized, PIN initialized, readonly',
  );
});

it('shows certificates and public keys to everybody, private keys to who is logged in', async () => {
  const kinds = (text: string): string[] => [...text.matchAll(/^(\w+ ?\w*) Object;/gm)].map(([, kind = '']) => kind);
  const open = kinds(await tool(desk, '--token-label', fineid, '-O'));
  expect(desk.person.pages).toEqual([]);
  expect(open).toEqual(['Certificate', 'Public Key', 'Certificate', 'Certificate']);
  const own = kinds(await tool(desk, '--token-label', fineid, '--login', '-O'));
  expect(own).toEqual(['Certificate', 'Public Key', 'Private Key', 'Certificate', 'Certificate']);
  expect(desk.person.asked).toEqual([asked(fineid)]);
});

it.each([
  [myeid, [...names(rsa), 'RSA-PKCS-OAEP', ...names(ecdsa)]],
  [fineid, names(ecdsa)],
])('names each mechanism of %s', async (token, expected) => {
  const text = await tool(desk, '--token-label', token, '-M');
  const found = [...text.matchAll(/^ {2}(\S+), keySize/gm)].map(([, name]) => name);
  expect(found.sort()).toEqual([...expected].sort());
});

it.each([[myeid], [fineid]])('passes its own test of signatures, digests and deciphering with %s', async (token) => {
  const text = await tool(desk, '--token-label', token, '--login', '--test');
  expect(text).toContain('No errors');
  expect(desk.person.asked).toEqual([asked(token)]);
});

describe.each<readonly [string, KeyAt, readonly SigningWith[]]>([
  ['RSA key of a MyEID', { token: myeid, id: '45' }, rsa],
  ['EC key of a MyEID', { token: myeid, id: '47' }, ecdsa],
  ['EC key of a Finnish card', { token: fineid, id: '45' }, ecdsa],
])('with the %s', (_name, key, own) => {
  it.each(own)('$mechanism over $hash: openssl finds the signature good', async (signing) => {
    expect(await signedByTool(desk, key, signing)).toBe('Verified OK\n');
    expect(desk.person.asked).toEqual([asked(key.token)]);
  });
});

it('a signature with a key that wants its PIN each time asks once more', async () => {
  const input = desk.file('digest', digest('SHA384', randomBytes(9)));
  const key = ['--token-label', 'Finnish identity card (PIN2)', '--id', '46'];
  await tool(desk, ...key, '--login', '--sign', '-m', 'ECDSA', '-i', input, '-o', desk.file('signature'));
  expect(desk.person.pages.map(({ title }) => title)).toEqual(['Log in with your card', 'Sign with your card']);
});

it('a signature over something else is found wrong', async () => {
  const named = ['--token-label', fineid, '--id', '45', '-m', 'ECDSA', '-i'];
  const input = (bytes: Uint8Array): string => desk.file('digest', digest('SHA384', bytes));
  await tool(desk, '--login', '--sign', ...named, input(randomBytes(9)), '-o', desk.file('signature'));
  const other = [...named, input(randomBytes(9)), '--signature-file', desk.file('signature')];
  expect((await desk.tool('--verify', ...other)).text).toContain('Invalid signature');
});

it('a wrong PIN is told as such; the next page says how many tries are left, and the right one gives them back', async () => {
  desk.person.knows['PIN1'] = '4321';
  const { exit, text } = await desk.tool('--token-label', fineid, '--login', '-O');
  expect([exit, text]).toEqual([1, expect.stringContaining('CKR_PIN_INCORRECT')]);
  expect(desk.card(1).triesLeft(0x11)).toBe(4);
  desk.person.knows['PIN1'] = '1234';
  await tool(desk, '--token-label', fineid, '--login', '-O');
  expect(desk.person.pages.map(({ tries }) => tries?.left)).toEqual([5, 4]);
  expect(desk.card(1).triesLeft(0x11)).toBe(5);
});

describe('what openssl has encrypted for the card', () => {
  const oaep = (hash: string): readonly [string, readonly string[], readonly string[]] => [
    `RSA-OAEP with ${hash}`,
    [`rsa_padding_mode:oaep`, `rsa_oaep_md:${hash.toLowerCase()}`, `rsa_mgf1_md:${hash.toLowerCase()}`],
    ['-m', 'RSA-PKCS-OAEP', ...pssOf(hash)],
  ];
  it.each([['RSA-PKCS', ['rsa_padding_mode:pkcs1'], ['-m', 'RSA-PKCS']], oaep('SHA1'), oaep('SHA256')] as const)(
    'is deciphered: %s',
    async (_name, padding, mechanism) => {
      const options = padding.flatMap((option) => ['-pkeyopt', option]);
      const key = await publicKey(desk, { token: myeid, id: '45' });
      const [secret, hidden, plain] = [desk.file('secret', randomBytes(32)), desk.file('hidden'), desk.file('plain')];
      const words = ['-encrypt', '-pubin', '-inkey', key, ...options, '-in', secret, '-out', hidden];
      await desk.well('openssl', 'pkeyutl', ...words);
      const card = ['--token-label', myeid, '--id', '45', '--login'];
      await tool(desk, ...card, '--decrypt', ...mechanism, '-i', hidden, '-o', plain);
      expect(desk.read('plain')).toEqual(desk.read('secret'));
    },
  );
});

describe('with a Finnish card that has RSA keys, put in instead', () => {
  beforeAll(async () => {
    await desk.pull(1);
    await desk.put(1, 'fineid-v3');
  });

  it.each(rsa.filter(({ mechanism, hash }) => mechanism.length > 8 && hash !== 'SHA1'))(
    '$mechanism over $hash: openssl finds the signature good',
    async (signing) => {
      expect(await signedByTool(desk, { token: fineid, id: '45' }, signing)).toBe('Verified OK\n');
    },
  );

  it.each(ecdsa)('$mechanism over $hash with its P-256 key: openssl finds the signature good', async (signing) => {
    const key = { token: 'Finnish identity card (PIN2)', id: '47' };
    expect(await signedByTool(desk, key, signing)).toBe('Verified OK\n');
    expect(desk.person.pages.map(({ title }) => title)).toEqual(['Log in with your card', 'Sign with your card']);
  });
});
