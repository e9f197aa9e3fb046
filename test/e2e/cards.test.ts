import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CardsDocument, Home } from './sigill.js';

let home: Home;
beforeAll(() => {
  home = new Home();
});
afterAll(() => home.remove());

describe('sigill cards', () => {
  it('answers with one JSON document that has the promised keys', async () => {
    const { code, output, errors } = await home.sigill(['--simulate', 'fineid-v4', 'cards', '--json']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { readers } = JSON.parse(output) as CardsDocument;
    expect(readers).toHaveLength(1);
    const [reader] = readers;
    expect(Object.keys(reader ?? {})).toEqual(expect.arrayContaining(['name', 'state', 'card']));
    expect(reader?.state).toBe('ready');
    const card = reader?.card;
    expect(Object.keys(card ?? {})).toEqual(
      expect.arrayContaining(['profile', 'label', 'serial', 'holder', 'pins', 'certificates']),
    );
    expect(card?.pins).toEqual([
      expect.objectContaining({ id: 'PIN1', state: 'ok', triesLeft: 5, triesMax: 5, minLength: 4, maxLength: 8 }),
      expect.objectContaining({ id: 'PIN2', state: 'ok', triesLeft: 5, triesMax: 5, minLength: 6, maxLength: 8 }),
    ]);
    expect(card?.puk).toMatchObject({ id: 'PUK', state: 'ok', triesLeft: 5, triesMax: 5 });
    expect(card?.certificates).toHaveLength(2);
    const wanted = 'id label subject issuer serialNumber notBefore notAfter usage email sha256 key'.split(' ');
    for (const certificate of card?.certificates ?? []) {
      expect(Object.keys(certificate)).toEqual(wanted);
      expect(certificate.key).toMatchObject({ algorithm: 'EC', size: 384 });
    }
    expect(card?.certificates.map(({ key }) => key.pin)).toEqual(['PIN1', 'PIN2']);
    expect(card).not.toHaveProperty('caCertificates');
  });

  it('reads CA certificates and keys only when asked', async () => {
    const { readers } = await home.json<CardsDocument>(['--simulate', 'fineid-v4', 'cards', '--all']);
    expect(readers[0]?.card?.caCertificates?.length).toBeGreaterThan(0);
    expect(readers[0]?.card?.keys?.map(({ pin }) => pin)).toEqual(['PIN1', 'PIN2']);
  });

  const states = [
    ['fineid-v4', 'ready'],
    ['fineid-v3', 'ready'],
    ['fineid-org', 'ready'],
    ['siths-like', 'ready'],
    ['myeid', 'ready'],
    ['fineid-v4:new-a', 'not-activated'],
    ['fineid-v4:new-b', 'not-activated'],
    ['fineid-org:new-a', 'not-activated'],
    ['fineid-v4:half', 'half-activated'],
    ['fineid-v4:pin1-locked', 'pin-locked'],
    ['fineid-v4:puk-last-try', 'pin-locked'],
    ['fineid-v4:puk-locked', 'puk-locked'],
    ['fineid-v4:expired', 'no-certificate'],
    ['empty', 'empty'],
  ] as const;

  it('tells every state of every card by its word', async () => {
    const simulate = states.flatMap(([card]) => ['--simulate', card]);
    const { readers } = await home.json<CardsDocument>([...simulate, 'cards']);
    expect(readers.map(({ state }, index) => [states[index]?.[0], state])).toEqual(states.map((state) => [...state]));
  });

  it('labels are in the person’s language, by option or by locale', async () => {
    const label = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
      const document = await home.json<CardsDocument>(['--simulate', 'fineid-v4', 'cards', ...args], { environment });
      return document.readers[0]?.card?.pins[1]?.label;
    };
    expect([
      await label([]),
      await label(['--lang', 'sv']),
      await label([], { LC_ALL: 'fi_FI.UTF-8', LANG: 'sv_SE.UTF-8' }),
    ]).toEqual(['Signature code (PIN2)', 'Signaturkod (PIN2)', 'Allekirjoitustunnusluku (PIN2)']);
  });

  it('a person reads dots, words and what to do next', async () => {
    const { output } = await home.sigill(['--simulate', 'fineid-v4:new-a', '--lang', 'en', 'cards']);
    expect(output).toContain('✎ not activated');
    expect(output).toContain('take the card into use: sigill activate');
    expect(output).not.toContain('\u001b');
  });

  it('each XDG folder is used, for its owner alone, and no other', async () => {
    const [state, cache] = ['state', 'cache'].map((name) => join(home.folder, name, 'sigill'));
    for (const folder of [state, cache]) expect(statSync(folder ?? '').mode & 0o777).toBe(0o700);
    expect(existsSync(join(home.folder, 'home'))).toBe(false);
  });
});

describe('sigill cert export', () => {
  const simulate = ['--simulate', 'fineid-v4'];

  it('gives a certificate as PEM and as DER, the one that cards lists', async () => {
    const { readers } = await home.json<CardsDocument>([...simulate, 'cards']);
    const { id = '', sha256 } = readers[0]?.card?.certificates[0] ?? {};
    const pem = await home.sigill([...simulate, 'cert', 'export', id]);
    expect(pem.output).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    const fingerprint = new X509Certificate(pem.output).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(fingerprint).toBe(sha256);
    const file = join(home.folder, 'certificate.der');
    expect((await home.sigill([...simulate, 'cert', 'export', id, '--der', '--out', file])).code).toBe(0);
    expect(readFileSync(file)).toEqual(new X509Certificate(pem.output).raw);
  });

  it('never writes over a file', async () => {
    const file = join(home.folder, 'certificate.der');
    const before = readFileSync(file);
    const { code, errors } = await home.sigill([...simulate, 'cert', 'export', '45', '--out', file, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(errors)).toMatchObject({ code: 'file-unwritable', facts: { path: file } });
    expect(readFileSync(file)).toEqual(before);
  });

  it('an id that is not there is told', async () => {
    const { code, errors, output } = await home.sigill([...simulate, 'cert', 'export', '99', '--json']);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(JSON.parse(errors)).toMatchObject({ code: 'certificate-unknown', facts: { id: '99' } });
  });
});
