import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ParsedCertificate } from './certificate.js';
import { parseProfile } from './parse-profile.js';
import type { CardProfile } from './profile.js';
import { resolveNotes, resolveProfile } from './resolve-profile.js';

const folder = new URL('../../plugins/fineid/profiles/', import.meta.url);
const read = (name: string): CardProfile =>
  parseProfile(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')), name);
const citizen = read('fineid-citizen-v4');
const organisation = read('fineid-organisation');

const certificate: ParsedCertificate = {
  subject: 'CN=A',
  issuer: 'CN=Some CA',
  serialNumber: '01',
  notBefore: '2024-01-01T00:00:00.000Z',
  notAfter: '2029-01-01T00:00:00.000Z',
  usage: [],
  email: [],
  sha256: '',
  key: { algorithm: 'EC', size: 384 },
};
const first = (change: Partial<ParsedCertificate>) => [{ id: '45', certificate: { ...certificate, ...change } }];

describe('The profile of one card', () => {
  it.each([
    ['2026-01-12T23:59:59.000Z', 'A'],
    ['2026-01-13T00:00:00.000Z', 'B'],
    ['2031-01-01T00:00:00.000Z', 'B'],
  ])('issued at %s is activated by scheme %s', (notBefore, scheme) => {
    const { activation, pins } = resolveProfile(citizen, first({ notBefore }));
    expect([activation.map((one) => one.scheme), pins.map((pin) => pin.scheme)]).toEqual([[scheme], [scheme, scheme]]);
  });

  it('has no way of activation when the date is not known and decides', () => {
    expect(resolveProfile(citizen, []).activation).toEqual([]);
    expect(resolveProfile(organisation, []).activation).toMatchObject([{ scheme: 'C' }]);
  });

  it('goes by the first certificate, in whatever order they were read', () => {
    const second = { id: '46', certificate: { ...certificate, notBefore: '2027-01-01T00:00:00.000Z' } };
    expect(resolveProfile(citizen, [second, ...first({})]).activation).toMatchObject([{ scheme: 'A' }]);
  });

  it.each([
    ['CN=DVV Organisational Certificates - G4E', [6, 8], []],
    ['CN=VRK CA for Organisational Certificates - G2', [6, 8], []],
    ['CN=Social Welfare and Healthcare Organisation CA', [4, 8], []],
    ['CN=Terveydenhuollon varmenne', [4, 8], []],
    ['CN=Somebody else', [4, 8], ['issuer not known: PIN lengths are those that the card takes']],
  ])('from %s has PIN2 of %j digits', (issuer, lengths, notes) => {
    const pin2 = resolveProfile(organisation, first({ issuer })).pins[1]!;
    expect([pin2.minLength, pin2.maxLength]).toEqual(lengths);
    expect(resolveNotes(organisation, first({ issuer }))).toEqual(notes);
  });

  it('knows the kind of each key that has a certificate', () => {
    const { keys } = resolveProfile(citizen, first({}));
    expect(keys.map(({ algorithm, size }) => [algorithm, size])).toEqual([
      ['EC', 384],
      [undefined, undefined],
    ]);
  });
});
