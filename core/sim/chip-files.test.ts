import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, joined, toHex } from '../card/bytes.js';
import { parseTlv } from '../card/tlv.js';
import { createCard } from './create-card.js';
import type { CardName, CardOptions } from './personality.js';

const aid = '00a4040c0ca000000063504b43532d3135';

function inserted(name: CardName, options?: CardOptions): (hex: string) => Promise<string> {
  const card = createCard(name, 'normal', options);
  card.powerOn();
  return async (hex) => toHex(await card.transmit(fromHex(hex)));
}

/** The file that was selected last, whole. */
async function read(say: (hex: string) => Promise<string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const answer = fromHex(await say(`00b0${offset.toString(16).padStart(4, '0')}00`));
    if (toHex(answer.slice(-2)) === '6b00') return joined(parts);
    parts.push(answer.slice(0, -2));
    offset += answer.length - 2;
  }
}

describe('files of a citizen card', () => {
  it('a path is looked for below the selected application, then below the root; FCP is the bare length', async () => {
    const say = inserted('fineid-v4');
    expect(await say('00a40804024331')).toBe('6a82');
    await say(aid);
    expect(await say('00a40804024331')).toBe('6106');
    expect(await say('00c0000006')).toMatch(/^62048102....9000$/);
    for (const path of [
      '0450164332',
      '024332',
      '063f0050164332',
      '083f00501550164332',
      '025032',
      '0450155031',
      '022f00',
    ]) {
      expect([path, await say(`00a40804${path}`)]).toEqual([path, '6106']);
    }
    expect(await say('00a40804024334')).toBe('6106');
    // A file of the root was selected, and the application is still the one that paths start from.
    expect(await say('00a40804024331')).toBe('6106');
    expect(await say('00a40804024333')).toBe('6a82');
  });

  it('the other forms of SELECT: by id, child, parent, name', async () => {
    const say = inserted('fineid-v4');
    expect(await say('00a4000c025015')).toBe('9000');
    expect(await say('00a4020c024331')).toBe('9000');
    expect(await say('00a4010c025016')).toBe('9000');
    expect(await say('00a4020c024332')).toBe('9000');
    expect(await say('00a4030c')).toBe('9000');
    expect(await say('00a4000c023f00')).toBe('9000');
    expect(await say('00a4000c02ffff')).toBe('6a82');
    expect(await say('00a4000c')).toBe('9000');
    expect(await say('00a4040c05a000000063')).toBe('9000');
    expect(await say('00a4040c06a00000006351')).toBe('6a82');
    expect(await say('00a4080c03501543')).toBe('6700');
    expect(await say('00a4050c025015')).toBe('6a86');
  });

  it('READ BINARY gives what there is, 6Cxx for a wrong Le with T=0 and 6B00 past the end', async () => {
    const say = inserted('fineid-v4');
    await say(aid);
    expect(await say('00b0000000')).toBe('6986');
    await say('00a4080c024331');
    const whole = await read(say);
    const size = whole.length;
    const tail = size - (size % 256);
    const left = (size - tail).toString(16).padStart(2, '0');
    const at = tail.toString(16).padStart(4, '0');
    expect(await say(`00b0${at}ff`)).toBe(`6c${left}`);
    expect(await say(`00b0${at}${left}`)).toBe(`${toHex(whole.slice(tail))}9000`);
    expect(await say(`00b0${size.toString(16).padStart(4, '0')}01`)).toBe('6b00');
    expect(await say('00b0ffff00')).toBe('6a86');
  });

  it('gives 181 bytes at a time when made so, and the same certificate', async () => {
    const say = inserted('fineid-v4', { readSize: 181 });
    await say(aid);
    await say('00a4080c024331');
    expect((await say('00b0000000')).length / 2 - 2).toBe(181);
    const plain = inserted('fineid-v4');
    await plain(aid);
    await plain('00a4080c024331');
    expect(toHex(await read(say))).toBe(toHex(await read(plain)));
  });

  it('5032 begins with 30 82 and lists PSS with its parameters in a SEQUENCE', async () => {
    const say = inserted('fineid-v4');
    await say(aid);
    await say('00a4080c025032');
    const info = await read(say);
    expect(toHex(info.slice(0, 2))).toBe('3082');
    const fields = parseTlv(parseTlv(info)[0]?.value ?? new Uint8Array());
    expect(fields.map(({ tag }) => tag)).toEqual([0x02, 0x04, 0x0c, 0x80, 0x03, 0xa2]);
    expect(new TextDecoder().decode(fields[1]?.value).slice(-9)).toBe('SG4000001');
    expect(toHex(info)).toContain('06092a864886f70d01010a');
  });

  it('GET DATA: production data, and 6A88 for what is not there', async () => {
    const say = inserted('fineid-v4');
    await say(aid);
    expect(await say('80ca9f7f2d')).toMatch(/^9f7f2a[0-9a-f]{84}9000$/);
    expect(await say('00ca9f7f2d')).toBe('6a88');
    expect(await say('00cb00ff05a003830199')).toBe('6a88');
    expect(await say('00cb3fff')).toBe('6a88');
  });
});

describe('files of an organisation card', () => {
  it('E.SIGN is entered by its name alone; its path says 9000 and leads nowhere', async () => {
    const say = inserted('fineid-org');
    await say(aid);
    expect(await say('00a4080c025016')).toBe('9000');
    expect(await say('00a4020c024332')).toBe('6a82');
    expect(await say('00a4080c0450164332')).toBe('6a82');
    expect(await say('00a4080c024331')).toBe('9000');
    expect(await say('00a4040c06452e5349474e')).toBe('9000');
    expect(await say('00a4080c024332')).toBe('9000');
  });

  it('T=1 gives data at once, 6282 for less than asked, and nothing without Le', async () => {
    const say = inserted('fineid-org');
    await say(aid);
    expect(await say('00a408040243310a')).toMatch(/^62048102....9000$/);
    expect(await say('00a40804024331')).toBe('9000');
    const length = (await read(say)).length;
    const last = (length - 1).toString(16).padStart(4, '0');
    expect(await say(`00b0${last}10`)).toMatch(/^..6282$/);
  });
});

describe('certificates', () => {
  const files = {
    'fineid-v4': ['4331', '50164332', '4334', '4336'],
    'fineid-v3': ['4331', '50164332', '50164335', '4334', '4336'],
    'siths-like': ['4401', '4402', '4403', '4404', '4405', '4406', '4410', '4411', '4412', '4413'],
    myeid: ['4331', '4332', '4333', '4334', '4341', '4342'],
  } as const;

  it.each(Object.entries(files))(
    '%s holds its holder’s and its authorities’, each signed by one of them',
    async (name, paths) => {
      const say = inserted(name as CardName);
      await say(aid);
      const found: X509Certificate[] = [];
      for (const path of paths) {
        expect(await say(`00a4080c${(path.length / 2).toString(16).padStart(2, '0')}${path}`)).toBe('9000');
        found.push(new X509Certificate(await read(say)));
      }
      for (const one of found) {
        const issuer = found.find((other) => other.subject === one.issuer);
        expect(issuer && one.verify(issuer.publicKey)).toBe(true);
      }
    },
  );

  it('small ones fit into two reads', async () => {
    const say = inserted('fineid-v4', { certificates: 'small' });
    await say(aid);
    for (const path of ['024331', '0450164332']) {
      await say(`00a4080c${path}`);
      expect((await read(say)).length).toBeLessThanOrEqual(512);
    }
  });
});
