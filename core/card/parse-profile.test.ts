import { describe, expect, it } from 'vitest';
import { fromHex } from './bytes.js';
import { matchProfiles } from './match-profiles.js';
import { parseProfile } from './parse-profile.js';

const format = { blockLength: 12, pad: '00' };
const pin = {
  id: 'PIN1',
  role: 'basic',
  label: 'PIN',
  reference: '82',
  minLength: 4,
  maxLength: 8,
  format,
  probe: 'get-data',
};
const file = {
  id: 'test-card',
  label: { en: 'Test', sv: 'Prov', fi: 'Koe' },
  match: [{ historicalBytes: '8031', mask: 'FF0F', version: '1' }],
  application: 'A000000063',
  confirm: { reference: '11', known: true },
  pins: [pin],
  puk: { ...pin, id: 'PUK', role: 'puk' },
  unblock: 'puk-and-new',
  certificates: [{ id: '45', label: 'One', paths: ['4331', 'df:452E/4331'], key: '45' }],
  keys: [{ id: '45', pin: 'PIN1', tag: '84', reference: '01', usage: ['nonRepudiation'], userConsent: true }],
  caCertificates: [],
  signing: { input: 'inline', algorithms: { 'ECDSA-SHA384': '54' }, ecdsa: 'raw', fillDigest: false },
  activation: [{ scheme: 'A', issuedUntil: '2026-01-13T00:00:00Z', codeMinLength: 8, codeMaxLength: 8 }],
  drop: 'select-application',
};
const whyOf = (change: object): unknown => {
  try {
    return parseProfile({ ...file, ...change }, 'x.json');
  } catch (error) {
    return (error as { facts?: { why: string } }).facts?.why;
  }
};

describe('A card profile', () => {
  it('has its bytes as numbers once it is read', () => {
    const profile = parseProfile({ $schema: 'somewhere', ...file }, 'x.json');
    expect(profile.pins[0]).toMatchObject({ reference: 0x82, format: { blockLength: 12, pad: 0 } });
    expect(profile.confirm).toEqual({ reference: 0x11, known: true });
    expect('$schema' in profile).toBe(false);
  });

  it.each([
    [{ pins: [{ ...pin, reference: 82 }] }, '/pins/0/reference: not string'],
    [{ application: 'A00' }, '/application: does not match ^([0-9A-Fa-f]{2})+$'],
    [{ drop: 'command:00' }, expect.stringContaining('/drop: does not match')],
    [{ surprise: 1 }, '/surprise: unknown'],
    [{ label: { en: 'Test' } }, '/label/sv, /label/fi: missing'],
    [{ pins: [pin, pin] }, '/pins: ids must differ, and the PUK stands in /puk'],
    [{ puk: pin }, '/puk/id: not PUK'],
    [{ pins: [], keys: file.keys }, '/keys: 45 names PIN1, which is not in /pins'],
    [{ keys: [] }, '/certificates: 45 names a key that is not in /keys'],
    [{ match: [{ historicalBytes: '8031', mask: 'FF', version: '1' }] }, '/match: the mask of 8031 has another length'],
    [{ pins: [{ ...pin, maxLength: 3 }] }, '/pins: PIN1 has a maximum below its minimum'],
  ])('with %j is refused with a reason', (change, why) => {
    expect(whyOf(change)).toEqual(why);
  });

  it('knows its cards by historical bytes under the mask, contact or contactless', () => {
    const profile = parseProfile(file, 'x.json');
    const known = ['3b028031', '3b0280f1', '3b8280018031b2', '3b028032', '3b03803100', '3b018031', '00'].map(
      (atr) => matchProfiles(fromHex(atr), [profile]).length,
    );
    expect(known).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });
});
