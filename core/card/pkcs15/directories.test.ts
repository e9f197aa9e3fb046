import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, joined } from '../bytes.js';
import { bits, context, integer, nothing, objectIdentifier, octets, sequence, utf8 } from '../../sim/der.js';
import { parseApplications } from './application.js';
import { parseCardInfo } from './card-info.js';
import { parseCertificates } from './certificate-object.js';
import type { Entries } from './entries.js';
import { parseObjectDirectory } from './object-directory.js';
import { parsePins } from './pin-object.js';
import { parsePrivateKeys } from './private-key-object.js';
import { encodeTlv } from '../tlv.js';

const path = (hex: string, ...more: Uint8Array[]): Uint8Array => sequence(octets(fromHex(hex)), ...more);
const object = (common: Uint8Array[], own: Uint8Array[], typed: Uint8Array[]): Uint8Array =>
  sequence(sequence(...common), sequence(...own), context(1, sequence(...typed)));

const certificate = object(
  [utf8('Mine')],
  [octets(fromHex('45'))],
  [path('3f0050154331', integer(16), integer(400, 0x80))],
);
const authority = object([], [octets(fromHex('46')), fromHex('0101ff')], [path('4334')]);
const key = object(
  [utf8('Key'), octets(fromHex('02')), integer(1)],
  [octets(fromHex('46')), bits(2, 9), fromHex('020200 82'), context(1, integer(7))],
  [path('3f005015'), integer(2048)],
);
const ecKey = context(
  0,
  sequence(),
  sequence(octets(fromHex('47')), bits(2, 8), integer(3)),
  context(1, sequence(path('4b02'))),
);
const pin = object(
  [utf8('PIN1')],
  [octets(fromHex('01'))],
  [bits(1, 4, 5), fromHex('0a0101'), integer(4), integer(12), integer(8), fromHex('800182'), octets(fromHex('00'))],
);
const puk = object([utf8('PUK')], [octets(fromHex('03'))], [bits(4, 6), fromHex('0a0101'), integer(8), integer(8)]);
const algorithm = (mechanism: number, parameters: Uint8Array, code: number): Uint8Array =>
  sequence(
    integer(1),
    integer(mechanism),
    parameters,
    bits(1),
    objectIdentifier('1.2.840.113549.1.1.11'),
    integer(code),
  );
const info = sequence(
  integer(1),
  octets(fromHex('0102')),
  utf8('Maker'),
  encodeTlv(0x80, new TextEncoder().encode('My card')),
  bits(2),
  context(
    2,
    algorithm(0x40, nothing(), 0x42),
    algorithm(0x43, sequence(context(0, sequence())), 0x45),
    fromHex('3000'),
  ),
);

const parsers: Readonly<Record<string, readonly [Uint8Array, (bytes: Uint8Array) => Entries<unknown>]>> = {
  'EF.DIR': [encodeTlv(0x61, encodeTlv(0x4f, fromHex('a000000063'))), parseApplications],
  'EF.OD': [joined([context(0, path('3f0050155034')), context(8, path('5036'))]), parseObjectDirectory],
  'EF.AOD': [joined([pin, puk]), parsePins],
  'EF.PrKD': [joined([key, ecKey]), parsePrivateKeys],
  'EF.CD': [joined([certificate, authority]), parseCertificates],
  'EF.CIAInfo': [info, (bytes) => ({ entries: parseCardInfo(bytes).algorithms, notes: parseCardInfo(bytes).notes })],
};

describe.each(Object.entries(parsers))('%s', (_name, [whole, parse]) => {
  it('of any bytes gives what can be understood and notes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { entries, notes } = parse(bytes);
        expect(entries.length + notes.length).toBeLessThan(200);
      }),
    );
  });

  it('with any byte changed, anywhere cut off, is still read', () => {
    const places = fc.nat(whole.length - 1);
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 255 }), places, (at, byte, end) => {
        const changed = whole.slice();
        changed[at] = byte;
        parse(changed);
        parse(changed.subarray(0, end));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what stands before and after a broken entry', () => {
    const { entries, notes } = parse(joined([whole, fromHex('3003020101'), whole]));
    const once = parse(whole);
    if (_name === 'EF.CIAInfo') return;
    expect(entries).toHaveLength(once.entries.length * 2);
    expect(notes).toEqual([expect.stringContaining('skipped')]);
  });
});

describe('The directories of a card', () => {
  it('say where certificates lie, with the part of the file', () => {
    expect(parseCertificates(joined([certificate, authority])).entries).toEqual([
      { label: 'Mine', id: '45', authority: false, file: { path: '3f0050154331', index: 16, length: 400 } },
      { id: '46', authority: true, file: { path: '4334' } },
    ]);
  });

  it('say how keys are named, guarded and used', () => {
    expect(parsePrivateKeys(joined([key, ecKey])).entries).toEqual([
      {
        label: 'Key',
        id: '46',
        authId: '02',
        userConsent: true,
        algorithm: 'RSA',
        usage: ['sign', 'nonRepudiation'],
        reference: 0x82,
        file: { path: '3f005015' },
        size: 2048,
        algorithmReferences: [7],
      },
      {
        id: '47',
        userConsent: false,
        algorithm: 'EC',
        usage: ['sign', 'derive'],
        reference: 3,
        file: { path: '4b02' },
        algorithmReferences: [],
      },
    ]);
  });

  it('say how PINs are written, and which is the PUK', () => {
    const [first, second] = parsePins(joined([pin, puk])).entries;
    expect(first).toEqual({
      label: 'PIN1',
      authId: '01',
      reference: 0x82,
      encoding: 'ascii',
      minLength: 4,
      storedLength: 12,
      maxLength: 8,
      pad: 0x00,
      unblocking: false,
      securityOfficer: false,
    });
    expect(second).toMatchObject({ unblocking: true, reference: 0 });
  });

  it('say what the card is, whatever parameters an algorithm has', () => {
    expect(parseCardInfo(info)).toEqual({
      serial: '0102',
      manufacturer: 'Maker',
      label: 'My card',
      algorithms: [
        { reference: 1, mechanism: 0x40, signs: true, identifier: '1.2.840.113549.1.1.11', code: 0x42 },
        { reference: 1, mechanism: 0x43, signs: true, identifier: '1.2.840.113549.1.1.11', code: 0x45 },
      ],
      notes: ['EF.CIAInfo: 1 algorithms skipped'],
    });
  });

  it('name their own files and applications', () => {
    expect(parseObjectDirectory(parsers['EF.OD']![0]).entries).toEqual([
      { kind: 'private-keys', file: { path: '3f0050155034' } },
      { kind: 'authentication', file: { path: '5036' } },
    ]);
    const template = encodeTlv(
      0x61,
      encodeTlv(0x4f, fromHex('a000000063')),
      encodeTlv(0x50, new TextEncoder().encode('Card')),
      encodeTlv(0x51, fromHex('3f005015')),
    );
    expect(parseApplications(template).entries).toEqual([{ aid: 'a000000063', label: 'Card', path: '3f005015' }]);
  });

  it('with thousands of entries are read as far as is sensible', () => {
    const { entries, notes } = parseCertificates(joined(Array.from({ length: 2000 }, () => authority)));
    expect([entries.length, notes]).toEqual([64, ['EF.CD: entries after 64 skipped']]);
  });
});
