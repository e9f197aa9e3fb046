import { describe, expect, it } from 'vitest';
import type { PinPageField } from '../view.js';
import { advice } from './advice.js';
import { check } from './check.js';

const words = { length: '', missing: '', wrong: '' };
const field = (kind: PinPageField['kind'], minLength: number, maxLength: number, repeats?: number): PinPageField => ({
  kind,
  label: '',
  help: '',
  minLength,
  maxLength,
  words,
  ...(repeats === undefined ? {} : { repeats }),
});

const activation = [
  field('code', 8, 8),
  field('new', 4, 8),
  field('again', 4, 8, 1),
  field('new', 6, 8),
  field('again', 6, 8, 3),
];
const found = (...values: string[]): string[] =>
  activation.map((_, at) => {
    const finding = check(activation, values, at);
    return finding.kind === 'wrong' ? finding.why : finding.kind === 'good' ? finding.note : '';
  });

describe('a field is judged while it is typed', () => {
  it('says nothing of what is empty', () => expect(found()).toEqual(['', '', '', '', '']));

  it('by its length and its digits', () => {
    expect(found('1234567', '123', '', '123456789')).toEqual(['length', 'length', '', 'length', '']);
    expect(found('1234567x', '12 4', '', '１２３４５６')).toEqual([
      'check.digits',
      'check.digits',
      '',
      'check.digits',
      '',
    ]);
  });

  it('by what it repeats', () => {
    expect(found('82649371', '7395', '7396', '739518', '739518')).toEqual([
      'check.good',
      'check.good',
      'check.differs',
      'check.good',
      'check.alike',
    ]);
  });

  it('by the other code: the same digits are warned of, on both', () => {
    expect(found('', '739518', '739518', '739518')).toEqual(['', 'advice.same', 'check.alike', 'advice.same', '']);
  });

  it('with advice for new codes only', () => {
    expect(found('12345678', '1234')).toEqual(['check.good', 'advice.row', '', '', '']);
    expect(check([field('current', 4, 8)], ['1111'], 0)).toEqual({ kind: 'good', note: 'check.good' });
  });
});

describe('advice', () => {
  it.each([
    ['advice.repeated', ['0000', '1212', '123123', '77777777', '12341234']],
    ['advice.row', ['1234', '4321', '7890', '2468', '987654', '13579135']],
    [
      'advice.date',
      ['3112', '1231', '1984', '311284', '123184', '841231', '198412', '31121984', '19841231', '12311984'],
    ],
    [undefined, ['7395', '3972', '739518', '73951846', '5823', '992288']],
  ])('%s is said of the right ones', (said, codes) => {
    expect(codes.map((code) => [code, advice(code)])).toEqual(codes.map((code) => [code, said]));
  });
});
