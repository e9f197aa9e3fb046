import type { Card, Certificate, Pin, Reader } from '@sigill/core';
import { expect, it } from 'vitest';
import { hostTexts } from '../../messages/texts.js';
import { paintFor } from './paint.js';
import { readerView } from './reader-view.js';

const pin = (id: 'PIN1' | 'PIN2', change: Partial<Pin> = {}): Pin => ({
  id,
  role: id === 'PIN1' ? 'basic' : 'signature',
  label: id === 'PIN1' ? 'Basic code (PIN1)' : 'Signature code',
  state: 'ok',
  triesLeft: 5,
  triesMax: 5,
  minLength: 4,
  maxLength: 8,
  ...change,
});

const certificate: Certificate = {
  id: '45',
  label: { en: 'Log in', sv: 'Identifiera sig', fi: 'Tunnistautuminen' },
  subject: 'CN=VIRTANEN ANNA',
  issuer: 'CN=Test CA',
  serialNumber: '01',
  notBefore: '2024-03-01T00:00:00Z',
  notAfter: '2029-05-12T00:00:00Z',
  usage: ['digitalSignature'],
  email: [],
  sha256: '00',
  key: { algorithm: 'EC', size: 384, curve: 'P-384', pin: 'PIN1' },
};

const card: Card = {
  id: 'a',
  reader: 'Reader 00 00',
  profile: 'fineid-v4',
  label: { en: 'Identity card', sv: 'Identitetskort', fi: 'Henkilökortti' },
  serial: '12345678A',
  holder: 'VIRTANEN ANNA',
  atr: '3b00',
  pins: [pin('PIN1'), pin('PIN2', { triesLeft: 3 })],
  certificates: [certificate],
  notes: [],
};

const view = (reader: Reader, language: 'en' | 'sv' | 'fi' = 'en', width = 80): readonly string[] =>
  readerView(reader, { texts: hostTexts(language), paint: paintFor({}, {}), width, now: new Date('2027-01-01') });

it('a card that is ready is told on one screen', () => {
  expect(view({ name: 'Reader 00 00', state: 'ready', card }).join('\n')).toMatchInlineSnapshot(`
    "Reader 00 00  ● ready
      Identity card · VIRTANEN ANNA · no. 12345678A
      Codes
        Basic code (PIN1)      ●●●●●  5 of 5 tries
        Signature code (PIN2)  ●●●○○  3 of 5 tries left
      Certificates
        45  Log in  valid until 12 May 2029
      → The card is ready."
  `);
});

it('a new card is told in the person’s words, with what to do', () => {
  const pins = [pin('PIN1', { state: 'not-set' }), pin('PIN2', { state: 'not-set' })];
  const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN1', 'PIN2'] } as const;
  const lines = view({ name: 'R', state: 'not-activated', card: { ...card, pins, activation } }, 'sv');
  expect(lines[0]).toBe('R  ✎ inte aktiverat');
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(
    'tänk ut dina nya koder (baskod (PIN1) och signaturkod (PIN2)) och ta kortet i bruk: sigill activate',
  );
});

it('a locked code is told with its cure, and where a PUK comes from', () => {
  const pins = [pin('PIN1', { state: 'locked', triesLeft: 0 }), pin('PIN2')];
  const lines = view({ name: 'R', state: 'pin-locked', card: { ...card, pins } }, 'fi');
  expect(lines.join(' ')).toMatch(/○○○○○ {2}lukittu.*sigill pin unlock PIN1.*Ei PUK-koodia\?/s);
});

it('a certificate that has ended or not begun says so', () => {
  const ended = { ...certificate, notAfter: '2024-02-28T00:00:00Z' };
  const coming = { ...certificate, id: '46', notBefore: '2028-02-28T00:00:00Z' };
  const text = view({ name: 'R', state: 'ready', card: { ...card, certificates: [ended, coming] } }).join('\n');
  expect(text).toContain('expired on 28 February 2024');
  expect(text).toContain('valid from 28 February 2028');
});

it('in a narrow window nothing is wider than it', () => {
  const narrow = view({ name: 'A reader with quite a long name 00 00', state: 'ready', card }, 'fi', 40);
  for (const line of narrow) expect([...line].length).toBeLessThanOrEqual(40);
  expect(narrow.some((line) => line.trim() === 'voimassa 12. toukokuuta 2029 asti')).toBe(true);
});

it('an empty reader says how a card goes in', () => {
  expect(view({ name: 'R', state: 'empty' })).toEqual(['R  ○ no card', '  → Put a card in, chip first and face up.']);
});

it('colours go to a terminal whose person has not said no', () => {
  const bold = '\u001b[1mx\u001b[22m';
  expect(paintFor({ isTTY: true }, {}).strong('x')).toBe(bold);
  for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
    expect(paintFor({ isTTY: true }, environment).strong('x')).toBe('x');
  }
  expect(paintFor({ isTTY: false }, {}).strong('x')).toBe('x');
});
