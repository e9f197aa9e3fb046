import type { Card, Certificate } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { matchCertificates } from './match.js';

const now = new Date('2026-06-01');

function certificate(id: string, usage: Certificate['usage'], more: Partial<Certificate> = {}): Certificate {
  return {
    id,
    label: id,
    subject: 'CN=Elli',
    issuer: 'CN=CA',
    serialNumber: '01',
    notBefore: '2025-01-01T00:00:00Z',
    notAfter: '2030-01-01T00:00:00Z',
    usage,
    email: ['elli@sigill.example'],
    sha256: id.repeat(32),
    key: { algorithm: 'RSA', size: 2048, pin: 'PIN1', decrypts: true },
    ...more,
  };
}

const card = (...certificates: readonly Certificate[]): readonly Card[] => [
  { id: 'c', reader: 'r', profile: 'p', label: 'l', atr: '3B', pins: [], certificates, notes: [] },
];
const basic = certificate('45', ['digitalSignature', 'keyEncipherment']);
const contracts = certificate('46', ['nonRepudiation']);
const match = (certificates: readonly Certificate[], address = 'elli@sigill.example') =>
  matchCertificates(address, card(...certificates), now);

describe('which certificates a mail address gets', () => {
  it('the basic one signs before the one for contracts, and reads', () => {
    expect(match([contracts, basic])).toEqual({
      signing: { card: 'c', id: '45' },
      encryption: { card: 'c', id: '45' },
    });
    expect(match([contracts])).toEqual({ signing: { card: 'c', id: '46' } });
    expect(match([certificate('47', ['keyAgreement'])])).toEqual({ encryption: { card: 'c', id: '47' } });
    expect(match([certificate('48', [])])).toMatchObject({ signing: { id: '48' }, encryption: { id: '48' } });
  });

  it('what the card does not open is for signing alone', () => {
    const closed = { key: { algorithm: 'EC', size: 384, pin: 'PIN1' } } as const;
    expect(match([certificate('45', ['digitalSignature', 'keyEncipherment'], closed)])).toEqual({
      signing: { card: 'c', id: '45' },
      unopened: true,
    });
    expect(match([certificate('45', ['keyEncipherment'], closed)])).toEqual({ unopened: true });
    expect(match([certificate('45', ['keyEncipherment'], closed), basic])).toMatchObject({ encryption: { id: '45' } });
    expect(match([certificate('46', ['nonRepudiation'], closed)])).not.toHaveProperty('unopened');
  });

  it('letters may be small or large', () => {
    expect(match([basic], ' Elli@SIGILL.example')).toHaveProperty('signing');
  });

  it.each([
    ['another address', [basic], 'x@sigill.example', { why: 'address', addresses: ['elli@sigill.example'] }],
    ['no address at all', [certificate('45', [], { email: [] })], 'x@y', { why: 'address', addresses: [] }],
    [
      'a CA certificate, without a key on the card',
      [certificate('45', [], { key: { algorithm: 'RSA', size: 2048 } })],
      undefined,
      { why: 'address' },
    ],
    [
      'expired',
      [certificate('45', [], { notAfter: '2026-01-01T00:00:00Z' })],
      undefined,
      { why: 'expired', until: '2026-01-01T00:00:00Z' },
    ],
    [
      'not valid yet',
      [certificate('45', [], { notBefore: '2027-01-01T00:00:00Z' })],
      undefined,
      { why: 'early', from: '2027-01-01T00:00:00Z' },
    ],
    ['for another use', [certificate('45', ['keyCertSign'])], undefined, { why: 'usage' }],
  ])('says why there is none: %s', (_, certificates, address, because) => {
    expect(match(certificates, address)).toMatchObject(because);
  });

  it('an expired certificate does not hide a new one', () => {
    expect(match([certificate('44', [], { notAfter: '2026-01-01T00:00:00Z' }), basic])).toMatchObject({
      signing: { id: '45' },
    });
  });
});
