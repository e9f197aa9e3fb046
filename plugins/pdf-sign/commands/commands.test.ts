import { readFileSync } from 'node:fs';
import { type Certificate, languages, type Reader } from '@sigill/core';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { sentences } from '../../../host/messages/sentences.js';
import { hostTexts } from '../../../host/messages/texts.js';
import { candidatesIn, choiceLine } from './candidates.js';
import { failedOutcome, outcomesResult } from './outcome.js';
import { pdfTime, timeOfPdf } from './pdf-time.js';
import { personName } from './person-name.js';
import { Refusal } from './refusal.js';

const now = Date.parse('2026-01-31T12:00:00Z');
const certificate = (id: string, more: Partial<Certificate> = {}): Certificate => ({
  id,
  label: id,
  subject: `CN=MEIKÄLÄINEN MAIJA 99900001N,SN=MEIKÄLÄINEN,GN=MAIJA,C=FI`,
  issuer: 'CN=Test CA',
  serialNumber: '01',
  notBefore: '2024-01-01T00:00:00Z',
  notAfter: '2030-01-01T00:00:00Z',
  usage: ['nonRepudiation'],
  email: [],
  sha256: id.repeat(32),
  key: { algorithm: 'EC', size: 384, curve: 'P-384', pin: 'PIN2' },
  ...more,
});

const reader = (...certificates: readonly Certificate[]): Reader => ({
  name: 'Reader 1',
  state: 'ready',
  card: {
    id: 'card-1',
    reader: 'Reader 1',
    profile: 'test',
    label: 'Card',
    atr: '3b00',
    pins: (['PIN1', 'PIN2'] as const).map((id) => ({
      id,
      role: 'basic',
      label: id,
      state: id === 'PIN1' ? 'locked' : 'ok',
      minLength: 4,
      maxLength: 8,
    })),
    certificates,
    notes: [],
  },
});

const words = (language: (typeof languages)[number]): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
const own = { en: words('en'), sv: words('sv'), fi: words('fi') };

/** The facts that a text names, in its branches too. */
function namesIn(parts: readonly MessageFormatElement[]): string[] {
  return parts.flatMap((part) => {
    if (part.type === TYPE.literal || part.type === TYPE.pound || part.type === TYPE.tag) return [];
    const branches = 'options' in part ? Object.values(part.options) : [];
    return [part.value, ...branches.flatMap(({ value }) => namesIn(value))];
  });
}

describe('the certificates of a card', () => {
  it('stand in the order of their fitness, each with its reason; one without a key is none', () => {
    const found = candidatesIn(
      [
        reader(
          certificate('a1', { usage: ['keyEncipherment'] }),
          certificate('a2', { notAfter: '2025-01-01T00:00:00Z' }),
          certificate('a3', { notBefore: '2027-01-01T00:00:00Z' }),
          certificate('a4', { usage: ['digitalSignature'] }),
          certificate('a5', { key: { algorithm: 'RSA', size: 2048, pin: 'PIN1' } }),
          certificate('a6'),
          certificate('a7', { key: { algorithm: 'RSA', size: 2048 } }),
        ),
      ],
      now,
    );
    expect(found.map(({ certificate: { id }, fit }) => `${id} ${fit}`)).toEqual([
      'a6 good',
      'a4 login',
      'a3 notyet',
      'a2 expired',
      'a5 code',
      'a1 unfit',
    ]);
    for (const language of languages)
      for (const text of sentences(found.map(choiceLine), own, hostTexts(language)))
        expect(text).toMatch(/^A\d \(\w{16}…\): MAIJA MEIKÄLÄINEN, (EC P-384|RSA 2048), .*Test CA, Reader 1: \S.*$/);
  });

  it('show a name without the national identity number', () => {
    expect(personName('CN=MEIKÄLÄINEN MAIJA 99900001N,SN=MEIKÄLÄINEN,GN=MAIJA')).toBe('MAIJA MEIKÄLÄINEN');
    expect(personName('C=SE,CN=Anna Andersson 191212121212')).toBe('Anna Andersson');
    expect(personName('O=Test\\, Inc.,C=SE')).toBe('Test, Inc.');
  });
});

describe('times of a document', () => {
  it('are written in UTC and read with any offset', () => {
    expect(pdfTime(new Date(now))).toBe("D:20260131120000+00'00'");
    expect(timeOfPdf("D:20260131140000+02'00'")).toBe(now);
    expect(timeOfPdf("D:20260131063000-05'30")).toBe(now);
    expect(timeOfPdf('D:2026')).toBe(Date.UTC(2026, 0, 1));
    expect([timeOfPdf('yesterday'), timeOfPdf(undefined)]).toEqual([undefined, undefined]);
  });
});

describe('what a command answers', () => {
  it('has room for many documents, and says how many are done', () => {
    const failed = [...Array(400).keys()].map((at) =>
      failedOutcome(`${at}`, `${at}.pdf`, new Refusal('pdf-permission')),
    );
    const { messages } = outcomesResult(failed);
    expect([messages.length <= 100, messages.at(-1)]).toEqual([
      true,
      { key: 'documents.summary', values: { good: 0, count: 400 } },
    ]);
  });

  it.each(languages)('in %s: every text is there, with the same facts, and reads as a sentence', (language) => {
    expect(Object.keys(own[language])).toEqual(Object.keys(own.en));
    const facts = (text: string): string[] => [...new Set(namesIn(parse(text)))].sort();
    for (const [key, text] of Object.entries(own[language])) {
      expect(facts(text), key).toEqual(facts(own.en[key] ?? ''));
      const values = Object.fromEntries(
        [...facts(text), 'level'].map((name) => [name, name === 'signatures' ? 2 : 'x']),
      );
      const [shown = ''] = sentences([{ key, values }], own, hostTexts(language));
      expect(shown, key).not.toMatch(/[{}#]|undefined/);
      if (/^(pdf-|sign\.|extend\.)/.test(key) && key !== 'sign.choice') expect(shown, key).toMatch(/[.:]$/);
    }
  });

  it('tells the host’s own failures in the host’s words', () => {
    const { messages } = failedOutcome('1', 'a.pdf', Object.assign(new Error(), {}));
    expect(messages[1]?.key).toBe('internal');
    const [text] = sentences([{ key: 'card-removed', values: { reader: 'Reader 1' } }], own, hostTexts('en'));
    expect(text).toMatch(/Reader 1|card/i);
  });
});
