import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../failure.js';
import { context, integer, nothing, objectIdentifier, octets, sequence, utf8 } from '../sim/der.js';
import { fromHex, joined } from './bytes.js';
import { parseCertificate } from './certificate.js';
import { encodeTlv } from './tlv.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), value);
const rdn = (...attributes: Uint8Array[]): Uint8Array => encodeTlv(0x31, ...attributes);
const time = (value: string): Uint8Array => encodeTlv(0x17, text(value));
const extension = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), octets(value));

const subject = sequence(
  rdn(attribute('2.5.4.6', encodeTlv(0x13, text('FI')))),
  rdn(attribute('2.5.4.10', encodeTlv(0x14, fromHex('5adce4')))),
  rdn(attribute('2.5.4.5', encodeTlv(0x13, text('99900001N'))), attribute('2.5.4.4', utf8('Möller, "M"'))),
  rdn(attribute('1.2.3.4', integer(5))),
  rdn(attribute('2.5.4.3', utf8('#MÖLLER ÅSA\u001b[31m '))),
);
const issuer = sequence(rdn(attribute('2.5.4.3', encodeTlv(0x1e, fromHex('00430041')))));
const rsaKey = sequence(
  sequence(objectIdentifier('1.2.840.113549.1.1.1'), nothing()),
  encodeTlv(
    0x03,
    Uint8Array.of(0),
    sequence(encodeTlv(0x02, Uint8Array.of(0, 0xc0), new Uint8Array(255)), integer(65_537)),
  ),
);
const signature = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing());

function certificate(spki: Uint8Array = rsaKey, serial: Uint8Array = Uint8Array.of(1)): Uint8Array {
  const alternative = sequence(encodeTlv(0x81, text('asa@example.fi')), encodeTlv(0x82, text('example.fi')));
  const extensions = sequence(
    extension('2.5.29.15', fromHex('030205a0')),
    extension('2.5.29.17', alternative),
    extension('1.2.3.4.5', fromHex('ff')),
  );
  const body = sequence(
    context(0, integer(2)),
    encodeTlv(0x02, serial),
    signature,
    issuer,
    sequence(time('240102030405Z'), time('491231235959Z')),
    subject,
    spki,
    context(3, extensions),
  );
  return sequence(body, signature, encodeTlv(0x03, Uint8Array.of(0), new Uint8Array(256)));
}

describe('A certificate', () => {
  it('tells who, from whom, from when until when, and for what', () => {
    const found = parseCertificate(certificate());
    expect(found).toMatchObject({
      subject: 'CN=\\#MÖLLER ÅSA\\1b[31m\\ ,1.2.3.4=#020105,serialNumber=99900001N+SN=Möller\\, \\"M\\",O=ZÜä,C=FI',
      issuer: 'CN=CA',
      issuerName: 'CA',
      holder: '#MÖLLER ÅSA [31m',
      notBefore: '2024-01-02T03:04:05.000Z',
      notAfter: '2049-12-31T23:59:59.000Z',
      usage: ['digitalSignature', 'keyEncipherment'],
      email: ['asa@example.fi'],
      key: { algorithm: 'RSA', size: 2048 },
    });
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has a serial number in whole bytes, without the zero that only makes it positive', () => {
    const serials = ['00f00d', '0a0b'].map(
      (serial) => parseCertificate(certificate(rsaKey, fromHex(serial))).serialNumber,
    );
    expect(serials).toEqual(['f00d', '0a0b']);
  });

  it.each([
    ['P-256', '1.2.840.10045.3.1.7', { algorithm: 'EC', size: 256, curve: 'P-256' }],
    ['P-384', '1.3.132.0.34', { algorithm: 'EC', size: 384, curve: 'P-384' }],
    ['P-521', '1.3.132.0.35', { algorithm: 'EC', size: 521, curve: 'P-521' }],
    ['unnamed', '1.2.3', { algorithm: 'EC', size: 48 * 8 }],
  ])('knows a key on curve %s', (_name, curve, key) => {
    const point = encodeTlv(0x03, Uint8Array.of(0, 4), new Uint8Array(96));
    const spki = sequence(sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier(curve)), point);
    expect(parseCertificate(certificate(spki)).key).toEqual(key);
  });

  it('with a key of another kind is read all the same', () => {
    const spki = sequence(sequence(objectIdentifier('1.3.101.112')), encodeTlv(0x03, new Uint8Array(33)));
    expect(parseCertificate(certificate(spki)).key).toEqual({ algorithm: 'other', size: 0 });
  });

  it('of any bytes, and with any byte changed, is one or certificate-invalid', () => {
    const whole = certificate();
    const read = (bytes: Uint8Array): void => {
      try {
        parseCertificate(bytes);
      } catch (error) {
        expect(isFailure(error, 'certificate-invalid')).toBe(true);
      }
    };
    const place = fc.nat(whole.length - 1);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read));
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 255 }), place, (at, byte, end) => {
        const changed = whole.slice();
        changed[at] = byte;
        read(changed);
        read(joined([changed.subarray(0, end)]));
      }),
      { numRuns: 300 },
    );
  });
});
