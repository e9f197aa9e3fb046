import { expect, it } from 'vitest';
import { documentLines } from './document-lines.js';

const say = (key: string, values: object = {}): string => `${key} ${JSON.stringify(values)}`;
const all = ['a.pdf', 'b.pdf'].map((name) => ({ name, size: 1, sha256: 'aa' }));

it('a terminal lists every document before the first code', () => {
  expect(documentLines({ all }, say)).toEqual([
    'pin.ask.documents {"count":2}',
    'pin.ask.document {"name":"a.pdf","sha256":"aa"}',
    'pin.ask.document {"name":"b.pdf","sha256":"aa"}',
  ]);
});

it('and each by its name for a card that asks for each', () => {
  expect(documentLines({ all, each: 0 }, say).slice(-2)).toEqual([
    'pin.ask.each {"count":2}',
    'pin.ask.each.at {"at":1,"count":2,"name":"a.pdf"}',
  ]);
  expect(documentLines({ all, each: 1 }, say)).toEqual(['pin.ask.each.at {"at":2,"count":2,"name":"b.pdf"}']);
});
