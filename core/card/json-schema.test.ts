import { describe, expect, it } from 'vitest';
import { type JsonSchema, schemaTrouble } from './json-schema.js';

const schema: JsonSchema = {
  definitions: { name: { type: 'string', pattern: '^a' } },
  type: 'object',
  properties: {
    name: { $ref: '#/definitions/name' },
    count: { type: 'integer', minimum: 1, maximum: 3 },
    kinds: { type: 'array', items: { type: 'string', enum: ['x', 'y'] }, minItems: 1, maxItems: 2 },
    pair: { type: 'object', required: ['x', 'y'] },
    either: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
  },
  required: ['name'],
  additionalProperties: false,
};

describe('A value is checked against a schema', () => {
  it('and nothing is wrong with one that fits', () => {
    for (const value of [{ name: 'a' }, { name: 'ab', count: 3, kinds: ['x', 'y'], either: true }]) {
      expect(schemaTrouble(schema, value)).toBeUndefined();
    }
  });

  it.each([
    [undefined, ': not object'],
    [null, ': not object'],
    [[], ': not object'],
    [{}, '/name: missing'],
    [{ name: 'a', pair: {} }, '/pair/x, /pair/y: missing'],
    [JSON.parse('{"name":"a","__proto__":1}'), '/__proto__: unknown'],
    [{ name: 'a', constructor: 1 }, '/constructor: unknown'],
    [{ name: 1 }, '/name: not string'],
    [{ name: 'b' }, '/name: does not match ^a'],
    [{ name: 'a', count: 4 }, '/count: not between 1 and 3'],
    [{ name: 'a', count: 1.5 }, '/count: not integer'],
    [{ name: 'a', kinds: [] }, '/kinds: not 1 to 2 items'],
    [{ name: 'a', kinds: ['x', 'z'] }, '/kinds/1: not one of x, y'],
    [{ name: 'a', either: 1 }, '/either: not boolean'],
  ])('%j', (value, trouble) => {
    expect(schemaTrouble(schema, value)).toBe(trouble);
  });
});
