import { describe, expect, it } from 'vitest';
import type { CertificateObject } from './certificate-object.js';
import { deriveProfile } from './derive-profile.js';
import { deriveSigning } from './derive-signing.js';
import { pathChoices } from './path-choices.js';
import type { PinObject } from './pin-object.js';
import type { PrivateKeyObject } from './private-key-object.js';
import type { CardDirectories } from './read-directories.js';

const pin: PinObject = {
  authId: '01',
  reference: 1,
  encoding: 'ascii',
  minLength: 4,
  storedLength: 8,
  unblocking: false,
  securityOfficer: false,
};
const key: PrivateKeyObject = {
  id: '45',
  authId: '01',
  userConsent: false,
  algorithm: 'RSA',
  usage: ['sign', 'decipher'],
  algorithmReferences: [],
};
const certificate: CertificateObject = { id: '45', authority: false, file: { path: '3f0050154331' } };
const empty: CardDirectories = {
  application: { aid: 'a000', path: '3f005015' },
  info: { algorithms: [], notes: [] },
  pins: [],
  keys: [],
  certificates: [],
  trusted: [],
  useful: [],
  notes: [],
};

describe('A profile made from directories', () => {
  it('numbers the holder’s PINs, knows the PUK and leaves the issuer’s out', () => {
    const pins: PinObject[] = [
      { ...pin, label: 'SO', securityOfficer: true },
      pin,
      { ...pin, authId: '02', reference: 0x82, pad: 0xff, maxLength: 6 },
      { ...pin, authId: '03', unblocking: true },
      { ...pin, authId: '04', encoding: 'iso9564-1', label: 'Odd' },
      { ...pin, authId: '05', encoding: 'bcd', storedLength: 4, pad: 0xff },
    ];
    const { profile, notes } = deriveProfile({ ...empty, pins });
    expect(profile.pins.map(({ id, role, maxLength, format }) => [id, role, maxLength, format])).toEqual([
      ['PIN1', 'basic', 8, {}],
      ['PIN2', 'signature', 6, { blockLength: 8, pad: 0xff }],
      ['PIN3', 'organisation', 8, { encoding: 'bcd', pad: 0xff, blockLength: 4 }],
    ]);
    expect([profile.puk?.id, profile.unblock]).toEqual(['PUK', 'puk-and-new']);
    expect(notes).toContain('PIN Odd: iso9564-1 is not supported');
  });

  it('names keys by reference, else by file, and leaves out what no PIN guards', () => {
    const keys: PrivateKeyObject[] = [
      { ...key, reference: 0x82 },
      { ...key, id: '46', file: { path: '3f0050154b01' } },
      { ...key, id: '47', authId: '09', reference: 1 },
      { ...key, id: '48' },
    ];
    const { profile, notes } = deriveProfile({ ...empty, pins: [pin], keys });
    expect(profile.keys.map(({ id, tag, reference, usage }) => [id, tag, reference, usage.join(' ')])).toEqual([
      ['45', '84', '82', 'digitalSignature dataEncipherment'],
      ['46', '81', '4b01', 'digitalSignature dataEncipherment'],
    ]);
    expect(notes).toEqual(expect.arrayContaining(['key 47: no known PIN', 'key 48: neither reference nor file']));
  });

  it('tells the holder’s certificates from the issuers’, and two of one id apart', () => {
    const { profile } = deriveProfile({
      ...empty,
      pins: [pin],
      keys: [{ ...key, reference: 1 }],
      certificates: [certificate, certificate, { ...certificate, id: '50', authority: true }],
      trusted: [{ ...certificate, id: '51', authority: true }],
      useful: [{ ...certificate, id: '52' }],
    });
    expect(profile.certificates.map(({ id, key: own }) => [id, own])).toEqual([
      ['45', '45'],
      ['45-2', '45'],
    ]);
    expect(profile.caCertificates.map(({ id }) => id)).toEqual(['50', '51', '52']);
  });

  it('fills only the empty parts of a profile that says the rest', () => {
    const { profile: base } = deriveProfile({ ...empty, pins: [{ ...pin, label: 'Own' }] });
    const named = { ...base, id: 'named', signing: { ...base.signing, keyTag: '81' as const } };
    const keys = [{ ...key, reference: 1, file: { path: '4b01' } }];
    const { profile } = deriveProfile({ ...empty, pins: [pin], keys, certificates: [certificate] }, named);
    expect([profile.id, profile.pins[0]?.label, profile.keys[0]?.tag, profile.certificates.length]).toEqual([
      'named',
      'Own',
      '81',
      1,
    ]);
  });
});

describe('How a card signs that is known by its directories', () => {
  const published = { reference: 1, signs: true };

  it('is guessed, with a note, when it publishes nothing', () => {
    const { signing, notes } = deriveSigning([]);
    expect([signing.input, signing.algorithms['RSA-PKCS1-SHA256'], signing.algorithms['ECDSA-SHA384']]).toEqual([
      'digest-info',
      '02',
      '04',
    ]);
    expect(notes).toEqual(['EF.CIAInfo: no algorithm codes, the usual ones are assumed']);
  });

  it('goes by the codes that it publishes', () => {
    const { signing, notes } = deriveSigning([
      { ...published, mechanism: 0x0001, identifier: '1.2.840.113549.1.1.11', code: 0x42 },
      { ...published, mechanism: 0x0041, code: 0x52 },
      { ...published, mechanism: 0x0043, code: 0x45 },
      { ...published, mechanism: 0x1045, code: 0x54 },
      { ...published, mechanism: 0x0042, code: 0x62, signs: false },
    ]);
    expect(signing.input).toBe('inline');
    expect(signing.algorithms).toEqual({
      'RSA-PKCS1-SHA256': '42',
      'RSA-PKCS1-SHA384': '52',
      'RSA-PSS-SHA256': '45',
      'ECDSA-SHA256': '04',
      'ECDSA-SHA384': '54',
      'ECDSA-SHA512': '04',
    });
    expect(notes).toEqual([]);
  });

  it('takes a DigestInfo when the card names no hash', () => {
    const { signing } = deriveSigning([{ ...published, mechanism: 0x0001, code: 0x12 }]);
    expect([signing.input, signing.algorithms['RSA-PKCS1-SHA512']]).toEqual(['digest-info', '12']);
  });
});

describe('A path of a directory', () => {
  const application = { aid: 'a000', path: '3f005015' };

  it('is tried from the root, below the application, and by its name', () => {
    expect(pathChoices('3f0050154331', application)).toEqual(['50154331', '3f0050154331', '4331', 'df:a000/4331']);
    expect(pathChoices('3f004334', application)).toEqual(['4334', '3f004334']);
    expect(pathChoices('4331', application)).toEqual(['4331', '50154331', 'df:a000/4331']);
  });
});
