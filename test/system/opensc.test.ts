import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedCard } from '@sigill/core/sim';
import { type OpenscDesk, openscDesk } from './opensc-tools.js';

let desk: OpenscDesk;

beforeAll(async () => {
  desk = await openscDesk();
});

afterAll(() => desk.dispose());

/** pkcs15-tool on the virtual reader: what it said, when it ended well. */
async function pkcs15(...args: readonly string[]): Promise<string> {
  const { exit, text } = await desk.run('pkcs15-tool', '--reader', '0', ...args);
  expect([exit, text]).toEqual([0, expect.any(String)]);
  return text;
}

const labels = (text: string, what: string): string[] =>
  [...text.matchAll(new RegExp(`^${what} \\[(.*)\\]$`, 'gm'))].map(([, label]) => label ?? '');

describe('Debian’s OpenSC and our MyEID card', () => {
  it('lists its PINs, keys and certificates', async () => {
    await desk.insert('myeid');
    const text = await pkcs15('--dump');
    expect({
      card: /^PKCS#15 Card \[(.*)\]:$/m.exec(text)?.[1],
      pins: labels(text, 'PIN'),
      rsa: labels(text, 'Private RSA Key'),
      elliptic: labels(text, 'Private EC Key'),
      certificates: labels(text, 'X.509 Certificate'),
    }).toEqual({
      card: 'MyEID',
      pins: ['PIN1', 'PIN2', 'PUK'],
      rsa: ['RSA authentication', 'RSA signature'],
      elliptic: ['EC signature', 'EC authentication'],
      certificates: [
        'RSA authentication',
        'EC signature',
        'EC authentication',
        'RSA signature',
        'Sigill TEST Root CA',
        'Sigill TEST Certificates',
      ],
    });
  });

  it('verifies, changes and unblocks its PINs, and sees a wrong one', async () => {
    const card = await desk.insert('myeid');
    const wrong = await desk.run('pkcs15-tool', '--reader', '0', '--verify-pin', '--auth-id', '01', '--pin', '9999');
    expect(wrong.exit).not.toBe(0);
    expect(wrong.text).toContain('PIN code or key incorrect');
    expect(card.pins.get(1)?.triesLeft).toBe(4);
    await pkcs15('--verify-pin', '--auth-id', '02', '--pin', '123456');
    await pkcs15('--change-pin', '--auth-id', '01', '--pin', '1234', '--new-pin', '47114711');
    expect(card.pins.get(1)).toEqual({ digits: '47114711', triesLeft: 5, set: true, changed: true });
    for (let time = 0; time < 5; time++) {
      await desk.run('pkcs15-tool', '--reader', '0', '--verify-pin', '--auth-id', '01', '--pin', '1234');
    }
    expect(card.pins.get(1)?.triesLeft).toBe(0);
    await pkcs15('--unblock-pin', '--auth-id', '01', '--puk', '12345678', '--new-pin', '5555');
    expect(card.pins.get(1)).toEqual({ digits: '5555', triesLeft: 5, set: true, changed: true });
    await pkcs15('--verify-pin', '--auth-id', '01', '--pin', '5555');
  });
});

describe('the host and OpenSC on the same card', () => {
  const sigill = async (...args: readonly string[]): Promise<{ exit: number; text: string }> =>
    desk.run(process.execPath, fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url)), ...args);

  it('see the same PINs, tries and certificates', async () => {
    await desk.insert('myeid', 'pin1-locked');
    const dump = await pkcs15('--dump');
    const { exit, text } = await sigill('cards', '--json');
    expect(exit).toBe(0);
    const { readers } = JSON.parse(text) as { readers: Array<Record<string, any>> };
    const seen = readers.find(({ state }) => state !== 'empty');
    expect(seen).toMatchObject({ state: 'pin-locked', card: { profile: 'myeid' } });
    expect(seen?.['card'].pins.map((pin: Record<string, unknown>) => [pin['label'], pin['triesLeft']])).toEqual([
      ['PIN1', 0],
      ['PIN2', 5],
    ]);
    const labels = seen?.['card'].certificates.map(({ label }: { label: string }) => label);
    expect(labels).toHaveLength(4);
    for (const label of labels) expect(dump).toContain(`X.509 Certificate [${label}]`);
    const pem = await pkcs15('--read-certificate', '45');
    const fingerprint = new X509Certificate(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '')
      .fingerprint256;
    expect(seen?.['card'].certificates[0].sha256.toUpperCase()).toBe(fingerprint.replaceAll(':', ''));
  });
});

describe('pkcs11-tool and openssl', () => {
  const text = 'what is signed';
  const digest = (name: string): Buffer => createHash(name).update(text).digest();
  const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest('sha256')]);
  let message: string;
  let card: SimulatedCard;

  beforeAll(async () => {
    card = await desk.insert('myeid');
    message = desk.file('message', text);
    for (const id of ['45', '46', '47', '48']) {
      const certificate = desk.file(`${id}.pem`);
      await pkcs15('--read-certificate', id, '--output', certificate);
      await desk.run('openssl', 'x509', '-in', certificate, '-noout', '-pubkey', '-out', desk.file(`${id}.pub`));
    }
  });

  const pss = ['--hash-algorithm', 'SHA384', '--mgf', 'MGF1-SHA384', '--salt-len', '48'];
  const checkPss = (hash: string): string[] => ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_mgf1_md:${hash}`];
  const der = ['--signature-format', 'openssl'];
  const signatures = [
    ['RSA-PKCS', '45', 'PIN1', digestInfo, [], 'sha256', []],
    ['SHA256-RSA-PKCS', '45', 'PIN1', text, [], 'sha256', []],
    ['SHA512-RSA-PKCS', '48', 'PIN2', text, [], 'sha512', []],
    ['RSA-PKCS-PSS', '45', 'PIN1', digest('sha384'), pss, 'sha384', checkPss('sha384')],
    ['SHA256-RSA-PKCS-PSS', '48', 'PIN2', text, [], 'sha256', checkPss('sha256')],
    ['ECDSA', '47', 'PIN1', digest('sha384'), der, 'sha384', []],
    ['ECDSA-SHA256', '47', 'PIN1', text, der, 'sha256', []],
    ['ECDSA-SHA384', '46', 'PIN2', text, der, 'sha384', []],
  ] as const;

  it.each(signatures)('%s with key %s behind %s', async (mechanism, id, pin, input, options, hash, check) => {
    const signature = desk.file(`${mechanism}.signature`);
    const value = pin === 'PIN1' ? '1234' : '123456';
    const made = await desk.run(
      ...(['pkcs11-tool', '--token-label', `MyEID (${pin})`, '--login', '--pin', value, '--sign'] as const),
      ...['--id', id, '--mechanism', mechanism, '--input-file', desk.file('input', input)],
      ...['--output-file', signature, ...options],
    );
    expect([made.exit, made.text]).toEqual([0, expect.stringContaining(mechanism)]);
    const verify = ['dgst', `-${hash}`, '-verify', desk.file(`${id}.pub`), ...check, '-signature', signature];
    expect(await desk.run('openssl', ...verify, message)).toEqual({ exit: 0, text: 'Verified OK\n' });
    expect((await desk.run('openssl', ...verify, desk.file('other', 'something else'))).exit).not.toBe(0);
  });

  const encryptions = [
    ['RSA-PKCS', [], []],
    [
      'RSA-PKCS-OAEP',
      ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256', '-pkeyopt', 'rsa_mgf1_md:sha256'],
      ['--hash-algorithm', 'SHA256', '--mgf', 'MGF1-SHA256'],
    ],
  ] as const;

  it.each(encryptions)('what openssl encrypted is decrypted by %s', async (mechanism, how, options) => {
    const [hidden, shown] = [desk.file('hidden'), desk.file('shown')];
    const target = ['pkeyutl', '-encrypt', '-pubin', '-inkey', desk.file('45.pub'), ...how];
    expect((await desk.run('openssl', ...target, '-in', message, '-out', hidden)).exit).toBe(0);
    const made = await desk.run(
      ...(['pkcs11-tool', '--token-label', 'MyEID (PIN1)', '--login', '--pin', '1234', '--decrypt'] as const),
      ...['--id', '45', '--mechanism', mechanism, '--input-file', hidden, '--output-file', shown, ...options],
    );
    expect([made.exit, made.text]).toEqual([0, expect.any(String)]);
    expect(readFileSync(shown, 'utf8')).toBe(text);
  });

  it('the certificates hold before openssl: signed by the test CA that lies on the card', async () => {
    const authorities = [];
    for (const id of ['4341', '4342']) authorities.push(await pkcs15('--read-certificate', id));
    const chain = desk.file('chain.pem', authorities.join(''));
    const outcome = await desk.run('openssl', 'verify', '-CAfile', chain, desk.file('45.pem'), desk.file('46.pem'));
    expect(outcome).toEqual({ exit: 0, text: `${desk.file('45.pem')}: OK\n${desk.file('46.pem')}: OK\n` });
  });

  it('all that cost no try', () => {
    expect([...card.pins.values()].map(({ triesLeft }) => triesLeft)).toEqual([5, 5, 5]);
  });
});

describe('OpenSC’s default driver', () => {
  it('reads the six certificates of the SITHS-like card and verifies its PIN', async () => {
    const card = await desk.insert('siths-like');
    const text = await pkcs15('--list-certificates', '--list-pins');
    expect(labels(text, 'X.509 Certificate')).toEqual([
      'Person-id legitimering',
      'Person-id underskrift',
      'HSA-id legitimering',
      'HSA-id underskrift',
      'Type 1 legitimering',
      'Type 1 underskrift',
      'Sigill TEST Root CA',
      'siths-person',
      'siths-hsa',
      'siths-type-1',
    ]);
    expect(labels(text, 'PIN')).toEqual(['Legitimering', 'Underskrift', 'PUK']);
    await pkcs15('--verify-pin', '--auth-id', '01', '--pin', '123456');
    await pkcs15('--verify-pin', '--auth-id', '02', '--pin', '654321');
    expect(card.counters.presentations).toBe(2);
  });

  it('refuses the Finnish identity card for its PSS parameters, as it does the real one, and reads it without them', async () => {
    await desk.insert('fineid-v4');
    expect((await desk.run('pkcs15-tool', '--reader', '0', '--dump')).text).toContain('Unsupported card');
    const card = await desk.insert('fineid-v4', 'normal', { algorithms: 'plain' });
    const text = await pkcs15('--dump');
    expect(labels(text, 'PIN')).toEqual(['perustunnusluku', 'allekirjoitustunnusluku', 'PUK']);
    expect(labels(text, 'Private EC Key')).toEqual(['todentamis- ja salausavain', 'allekirjoitusavain']);
    expect(labels(text, 'X.509 Certificate').slice(0, 2)).toEqual([
      'todentamis- ja salausvarmenne',
      'allekirjoitusvarmenne',
    ]);
    expect(await pkcs15('--read-certificate', '46')).toContain('BEGIN CERTIFICATE');
    await pkcs15('--verify-pin', '--auth-id', '01', '--pin', '1234');
    await pkcs15('--change-pin', '--auth-id', '02', '--pin', '123456', '--new-pin', '987654');
    await pkcs15('--unblock-pin', '--auth-id', '01', '--puk', '12345678', '--new-pin', '4321');
    expect([...card.pins.values()].map(({ digits }) => digits)).toEqual(['4321', '987654', '12345678']);
  });

  it('reads the organisation card without them', async () => {
    await desk.insert('fineid-org', 'normal', { algorithms: 'plain' });
    const text = await pkcs15('--list-pins', '--list-keys');
    expect([labels(text, 'PIN'), labels(text, 'Private EC Key')]).toEqual([
      ['PIN1', 'PIN2', 'PUK'],
      ['Authentication', 'Signature'],
    ]);
  });
});
