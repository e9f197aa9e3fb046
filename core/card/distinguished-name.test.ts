import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonName, commonNameIn, type NameAttribute, writeName } from './distinguished-name.js';

const text = (type: string, value: string): NameAttribute => ({ type, text: value, encoded: new Uint8Array() });
const [cn, organisation] = ['2.5.4.3', '2.5.4.10'];

describe('the common name in a written name', () => {
  it.each([
    ['CN=VIRTANEN ANNA,O=Esimerkki Oy,C=FI', 'VIRTANEN ANNA'],
    ['SN=VIRTANEN+CN=VIRTANEN ANNA\\, JR,C=FI', 'VIRTANEN ANNA, JR'],
    ['O=a\\\\,CN=b', 'b'],
    ['O=CN\\=x\\,CN=y,CN=z', 'z'],
    ['CN=\\C3\\85sa,C=SE', 'Åsa'],
    ['O=Esimerkki Oy', undefined],
    ['CN=#0101ff', undefined],
    ['', undefined],
  ])('of %s is %s', (written, name) => {
    expect(commonNameIn(written)).toBe(name);
  });

  it('is the one that stands in the certificate, whatever it is', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.startsWith('#'));
    fc.assert(
      fc.property(name, fc.string(), (value, other) => {
        const rdns = [[text(organisation, other)], [text(cn, value)]];
        expect(commonNameIn(writeName(rdns))).toBe(commonName(rdns));
      }),
      // One space is the first character and the last.
      {
        examples: [
          [' ', ''],
          ['\\ ', ''],
        ],
      },
    );
  });
});
