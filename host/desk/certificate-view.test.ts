import type { Certificate, Language } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { card, certificate, inAll, reader } from '../../test/window/desk-views.js';

describe('a certificate', () => {
  const shown = (found: Certificate, language: Language = 'en') =>
    reader({ card: card({ certificates: [found] }) }, language)?.card?.certificates[0];

  it('says until when it is valid, and how long that is', () => {
    expect(inAll((language) => shown(certificate('2029-05-12T20:59:59Z'), language)?.validity)).toEqual([
      'valid until 12 May 2029 (in 2 years)',
      'giltigt till 12 maj 2029 (om 2 år)',
      'voimassa 12. toukokuuta 2029 asti (2 vuoden päästä)',
    ]);
  });

  it.each([
    ['2029-05-12T00:00:00Z', 'good', 'in 2 years'],
    ['2027-03-01T00:00:00Z', 'good', 'in 3 months'],
    ['2026-12-10T00:00:00Z', 'warning', 'in 18 days'],
    ['2026-11-20T00:00:00Z', 'bad', 'yesterday'],
    ['2020-01-01T00:00:00Z', 'bad', '6 years ago'],
  ])('until %s is %s', (notAfter, tone, words) => {
    const view = shown(certificate(notAfter));
    expect(view?.tone).toBe(tone);
    expect(view?.validity).toContain(`(${words})`);
  });

  it('that is not valid yet tells from when', () => {
    const later = certificate('2030-01-01T00:00:00Z', { notBefore: '2027-12-01T00:00:00Z' });
    expect(shown(later)).toMatchObject({ tone: 'warning', validity: 'valid from 1 December 2027 (in 12 months)' });
  });

  it('tells first what a person looks for, and the rest in details', () => {
    const view = shown(certificate('2029-05-12T20:59:59Z'));
    expect(view?.facts.map(({ value }) => value)).toEqual([
      'VIRTANEN ANNA, JR',
      'Test CA',
      '12 May 2024 – 12 May 2029',
      'anna@example.org',
      'log in and identify',
      'basic code (PIN1)',
    ]);
    expect(view?.details.map(({ value }) => value)).toContain('EC, P-384');
    expect(view?.actions).toEqual([
      { command: 'host.test-key', args: { card: 'card-1', key: '45' }, label: 'Test the key' },
    ]);
  });
});
