import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testCa } from '../../core/sim/test-ca.js';
import { type CardDesk, cardDesk } from './card-desk.js';
import { module } from './programs-beside.js';

let desk: CardDesk;
const database = ['-d', 'sql:.'];
const myeid = 'MyEID card (PIN1)';
const fineid = 'Finnish identity card (PIN1)';

beforeAll(async () => {
  desk = await cardDesk('myeid', 'fineid-v4');
  await desk.well('certutil', '-N', ...database, '--empty-password');
  const { root, issuing } = testCa();
  for (const [index, { der }] of [root, ...Object.values(issuing)].entries()) {
    const trust = index === 0 ? 'CT,C,C' : ',,';
    const file = desk.file('authority.der', der);
    await desk.well('certutil', '-A', ...database, '-n', `authority ${index}`, '-t', trust, '-i', file);
  }
  // As Sigill's own set-up registers it: certificates are there for everybody.
  const friendly = ['-mechanisms', 'FRIENDLY', '-force'];
  await desk.well('modutil', '-dbdir', 'sql:.', '-add', 'Sigill', '-libfile', module, ...friendly);
});
beforeEach(() => desk.person.reset());
afterAll(() => desk.close());

it('modutil sees each token', async () => {
  const text = await desk.well('modutil', '-dbdir', 'sql:.', '-list', 'Sigill');
  expect([...text.matchAll(/Token Name: (.*?) *$/gm)].map(([, name]) => name)).toEqual([
    myeid,
    'MyEID card (PIN2)',
    fineid,
    'Finnish identity card (PIN2)',
  ]);
});

describe.each([
  ['RSA', myeid, 'RSA authentication', /rsa +"E" +RSA authentication/],
  ['EC', fineid, 'Certificate for identification and encryption', /ec +"E" +/],
])('with a key of %s', (_kind, token, label, key) => {
  const nickname = `${token}:${label}`;

  it('certutil lists the certificate, and the key for who gives the PIN', async () => {
    const certificates = await desk.well('certutil', '-L', ...database, '-h', token);
    expect(certificates).toContain(nickname);
    expect(certificates).toMatch(new RegExp(`${label} +u,u,u`));
    expect(desk.person.pages).toEqual([]);
    expect(await desk.well('certutil', '-K', ...database, '-h', token)).toMatch(key);
    expect(desk.person.asked).toEqual([expect.stringMatching(/^certutil: Log in with your card: .*PIN1/)]);
  });

  it('cmsutil signs, and what it signed is whole for openssl', async () => {
    desk.file('letter', 'Dear card\n');
    const words = ['-N', nickname, '-i', 'letter', '-o', 'signed', '-H', 'SHA256', '-G'];
    await desk.well('cmsutil', '-S', ...database, ...words);
    const openssl = ['-verify', '-inform', 'der', '-noverify', '-in', 'signed'];
    expect(await desk.well('openssl', 'cms', ...openssl)).toContain('Dear card');
    expect(desk.person.pages).toHaveLength(1);
  });
});

// NSS 3.87 reads no mail that is encrypted for a key of EC, with or without a card.
it('cmsutil opens what openssl has encrypted for the card', async () => {
  const pem = await desk.well('certutil', '-L', ...database, '-n', `${myeid}:RSA authentication`, '-a');
  desk.file('letter', 'For the card alone\n');
  const recipient = desk.file('recipient.pem', pem.slice(pem.indexOf('-----BEGIN')));
  const words = ['-aes256', '-outform', 'der', '-in', 'letter', '-out', 'hidden', recipient];
  await desk.well('openssl', 'cms', '-encrypt', ...words);
  await desk.well('cmsutil', '-D', ...database, '-i', 'hidden', '-o', 'plain');
  expect(desk.read('plain').toString()).toContain('For the card alone');
  expect(desk.person.asked).toEqual(['cmsutil: Log in with your card: PIN1']);
});
