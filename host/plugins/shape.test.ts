import { describe, expect, it } from 'vitest';
import { bytes, either, json, listOf, mapOf, number, oneOf, record, text } from './shape.js';

const card = record({ id: text(10), pin: oneOf('PIN1', 'PIN2') }, { note: text(5) });

describe('a shape', () => {
  it('gives a copy that has the known properties and nothing else', () => {
    const found = { id: 'a', pin: 'PIN1' };
    expect(card(found, '')).toEqual(found);
    expect(card(found, '')).not.toBe(found);
  });

  it.each([
    [undefined, 'must be an object'],
    [[], 'must be an object'],
    [new Uint8Array(1), 'must be an object'],
    [{ id: 'a' }, 'pin is missing'],
    [{ id: 'a', pin: 'PIN9' }, 'pin must be one of PIN1, PIN2'],
    [{ id: 'a', pin: 'PIN1', value: 1 }, 'value is not known here'],
    [{ id: 7, pin: 'PIN1' }, 'id must be text'],
    [{ id: 'x'.repeat(11), pin: 'PIN1' }, 'id is longer than 10 characters'],
    [JSON.parse('{"id":"a","pin":"PIN1","__proto__":{}}'), '__proto__ is not known here'],
  ])('refuses %j: %s', (value, why) => {
    expect(() => card(value, '')).toThrow(why);
  });

  it('does not take what an object inherits for its own', () => {
    expect(() => card(Object.create({ id: 'a', pin: 'PIN1' }) as object, '')).not.toThrow(TypeError);
    expect(() => record({ constructor: text(5) })({}, '')).toThrow();
  });

  it('says where in a list the fault is', () => {
    expect(() => listOf(card, 5)([{ id: 'a', pin: 'PIN1' }, {}], 'cards')).toThrow('cards[1].id is missing');
    expect(() => listOf(card, 1)([{}, {}], 'cards')).toThrow('cards has more than 1 entries');
  });

  it('knows bytes by their length, and copies them', () => {
    const digest = new Uint8Array(32);
    expect(bytes(32)(digest, '')).not.toBe(digest);
    expect(() => bytes(32, 48)(new Uint8Array(33), 'digest')).toThrow('digest must be 32 or 48 bytes');
    expect(() => bytes(1)([1], 'digest')).toThrow('digest must be bytes');
  });

  it('plain data is bounded in number and depth, and has no keys that change what an object inherits', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 17; depth += 1) deep = [deep];
    expect(() => json(100)(deep, 'data')).toThrow('data is too large');
    expect(() => json(3)([1, 2, 3], 'data')).toThrow('data is too large');
    expect(() => json(9)(JSON.parse('{"__proto__":1}'), 'data')).toThrow('a key that is not allowed');
    expect(() => json(9)(Number.NaN, 'data')).toThrow('data must be a number');
    expect(() => json(9)(() => 1, 'data')).toThrow('must be an object');
    expect(json(9)({ a: [1, 'b', true, undefined] }, '')).toEqual({ a: [1, 'b', true, undefined] });
  });

  it('a map has free keys, and either is the first that fits', () => {
    const values = mapOf(either<string, number>(text(5), number), 2);
    expect(values({ a: 'b', c: 1 }, '')).toEqual({ a: 'b', c: 1 });
    expect(() => values({ a: true }, '')).toThrow('a must be a number');
    expect(() => values({ a: 1, b: 2, c: 3 }, '')).toThrow('more than 2 entries');
  });
});
