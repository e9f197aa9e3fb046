import {
  constants,
  createHash,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  verify,
  X509Certificate,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, joined, toHex } from '../card/bytes.js';
import { createCard } from './create-card.js';
import type { CardName } from './personality.js';
import type { SimulatedCard } from './simulated-card.js';

const aid = '00a4040c0ca000000063504b43532d3135';
const message = new TextEncoder().encode('what is signed');
const digest = (hash: string): string => createHash(hash).update(message).digest('hex');
const length = (hex: string): string => (hex.length / 2).toString(16).padStart(2, '0');
const block = (digits: string, size: number, pad: string): string =>
  Buffer.from(digits)
    .toString('hex')
    .padEnd(2 * size, pad);

function inserted(name: CardName): { card: SimulatedCard; say: (hex: string) => Promise<string> } {
  const card = createCard(name);
  card.powerOn();
  return { card, say: async (hex) => toHex(await card.transmit(fromHex(hex))) };
}

async function publicKey(say: (hex: string) => Promise<string>, path: string): Promise<KeyObject> {
  await say(`00a4080c${length(path)}${path}`);
  const parts: Uint8Array[] = [];
  for (let at = 0; ; at += 256) {
    const answer = fromHex(await say(`00b0${at.toString(16).padStart(4, '0')}00`));
    if (answer.length === 2) break;
    parts.push(answer.slice(0, -2));
  }
  return createPublicKey(new X509Certificate(joined(parts)).publicKey.export({ type: 'spki', format: 'pem' }));
}

function holds(key: KeyObject, hash: string, signature: string, options: object = {}): boolean {
  return verify(hash, message, { key, ...options }, fromHex(signature.slice(0, -4)));
}

const raw = { dsaEncoding: 'ieee-p1363' };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

describe('signatures of a citizen card', () => {
  const cases = [
    ['fineid-v4', '4331', '00200011', '1234', '54', '01', 'sha384', '60', raw],
    ['fineid-v4', '4331', '00200011', '1234', '44', '01', 'sha256', '60', raw],
    ['fineid-v4', '50164332', '00200082', '123456', '54', '02', 'sha384', '60', raw],
    ['fineid-v3', '4331', '00200011', '1234', '45', '01', 'sha256', '00', pss],
    ['fineid-v3', '4331', '00200011', '1234', '42', '01', 'sha256', '00', {}],
    ['fineid-v3', '4331', '00200011', '1234', '62', '01', 'sha512', '00', {}],
    ['fineid-v3', '50164332', '00200082', '123456', '55', '02', 'sha384', '00', pss],
    ['fineid-v3', '50164335', '00200082', '123456', '44', '03', 'sha256', '40', raw],
  ] as const;

  it.each(cases)(
    '%s %s after %s: algorithm byte of %s',
    async (name, path, pin, digits, algorithm, key, hash, le, how) => {
      const { say } = inserted(name);
      await say(aid);
      const holder = await publicKey(say, path);
      expect(await say(`${pin}0c${block(digits, 12, '00')}`)).toBe('9000');
      expect(await say(`002241b6068001${algorithm}8401${key}`)).toBe('9000');
      const input = digest(hash);
      expect(await say(`002a90a0${length(`90xx${input}`)}90${length(input)}${input}`)).toBe('9000');
      expect(holds(holder, hash, await say(`002a9e9a${le}`), how)).toBe(true);
    },
  );

  it('PIN2 counts for one signature, PIN1 for many; a hash counts once', async () => {
    const { say } = inserted('fineid-v4');
    const load = `002a90a0329030${digest('sha384')}`;
    await say(aid);
    await say(`002000110c${block('1234', 12, '00')}`);
    await say(`002000820c${block('123456', 12, '00')}`);
    await say('002241b606800154840101');
    for (let time = 0; time < 2; time++) {
      expect(await say(load)).toBe('9000');
      expect(await say('002a9e9a60')).toMatch(/9000$/);
    }
    expect(await say('002a9e9a60')).toBe('6985');
    await say('002241b606800154840102');
    await say(load);
    expect(await say('002a9e9a60')).toMatch(/9000$/);
    await say(load);
    expect(await say('002a9e9a60')).toBe('6982');
    expect(await say('00200011')).toBe('9000');
  });

  it('refuses: no PIN 6982, no hash 6985, inline digest 6985, unknown key 6A88, foreign algorithm 6A80, wrong digest length 6A80', async () => {
    const { say } = inserted('fineid-v4');
    await say(aid);
    expect(await say('002a9e9a60')).toBe('6985');
    expect(await say('002241b606800154840109')).toBe('6a88');
    expect(await say('002241b606800145840101')).toBe('6a80');
    expect(await say('002241b60380')).toBe('6700');
    expect(await say('002241b6048001549999')).toBe('6a80');
    expect(await say('002241b606800154840101')).toBe('9000');
    expect(await say(`002a90a0229020${digest('sha256')}`)).toBe('6a80');
    expect(await say('002a9e9a60')).toBe('6985');
    expect(await say(`002a90a0329030${digest('sha384')}`)).toBe('9000');
    expect(await say('002a9e9a60')).toBe('6982');
    expect(await say(`002a9e9a30${digest('sha384')}`)).toBe('6985');
  });

  it('with a wrong Le the answer is 6Cxx, and the right one still gets the signature', async () => {
    const { say } = inserted('fineid-v4');
    await say(aid);
    await say(`002000110c${block('1234', 12, '00')}`);
    await say('002241b606800154840101');
    await say(`002a90a0329030${digest('sha384')}`);
    expect(await say('002a9e9a80')).toBe('6c60');
    expect((await say('002a9e9a60')).length).toBe(2 * 98);
  });

  it('v3 decrypts what was encrypted for key 1, chained, with PKCS#1 and with OAEP; key 2 does not', async () => {
    const { say } = inserted('fineid-v3');
    await say(aid);
    const holder = await publicKey(say, '4331');
    await say(`002000110c${block('1234', 12, '00')}`);
    for (const [algorithm, how] of [
      ['1a', { padding: constants.RSA_PKCS1_PADDING }],
      ['4d', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
    ] as const) {
      const hidden = publicEncrypt({ key: holder, ...how }, message).toString('hex');
      expect(await say(`002241b8068001${algorithm}840101`)).toBe('9000');
      expect(await say(`102a8086ff81${hidden.slice(0, 508)}`)).toBe('9000');
      expect(await say(`002a808602${hidden.slice(508)}`)).toBe(`61${length(toHex(message))}`);
      expect(await say('00c0000000')).toBe(`${toHex(message)}9000`);
    }
    expect(await say('002241b80680011a840102')).toBe('6985');
  });
});

describe('signatures of an organisation card', () => {
  it('take the digest inline; key 82 is known inside E.SIGN only, and PSO:HASH is not there', async () => {
    const { say } = inserted('fineid-org');
    await say(aid);
    const input = digest('sha384');
    expect(await say('002241b606800154840182')).toBe('6a88');
    await say('00a4040c06452e5349474e');
    const holder = await publicKey(say, '4332');
    expect(await say('002241b606800154840102')).toBe('6a88');
    expect(await say('002241b606800154840182')).toBe('9000');
    expect(await say(`002a90a0329030${input}`)).toBe('6a86');
    expect(await say(`002a9e9a30${input}60`)).toBe('6982');
    expect(await say(`0020000406${Buffer.from('123456').toString('hex')}`)).toBe('9000');
    expect(await say(`002a9e9a20${digest('sha256')}60`)).toBe('6700');
    expect(holds(holder, 'sha384', await say(`002a9e9a30${input}60`), raw)).toBe(true);
  });
});

describe('signatures of a MyEID card', () => {
  it('RSA: a DigestInfo is padded by the card, 256 chained bytes are taken raw; EC comes back as DER', async () => {
    const { say } = inserted('myeid');
    await say(aid);
    const rsa = await publicKey(say, '4331');
    const elliptic = await publicKey(say, '4332');
    await say(`0020000108${block('1234', 8, 'f')}`);
    await say(`0020000208${block('123456', 8, 'f')}`);
    expect(await say('002241b60a80010281024b01840100')).toBe('9000');
    const info = `3031300d060960864801650304020105000420${digest('sha256')}`;
    expect(holds(rsa, 'sha256', await say(`002a9e9a${length(info)}${info}00`))).toBe(true);
    expect(await say('002241b60a80010081024b01840100')).toBe('9000');
    const padded = `0001${'ff'.repeat(256 - 3 - info.length / 2)}00${info}`;
    expect(await say(`102a9e9aff${padded.slice(0, 510)}`)).toBe('9000');
    expect(holds(rsa, 'sha256', await say(`002a9e9a01${padded.slice(510)}00`))).toBe(true);
    expect(await say('002241b60a80010481024b02840100')).toBe('9000');
    expect(holds(elliptic, 'sha256', await say(`002a9e9a30${digest('sha256').padStart(96, '0')}00`))).toBe(true);
    expect(await say('002241b606800104840100')).toBe('6a80');
  });
});
