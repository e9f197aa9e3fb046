import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { Secret, wipeAll } from './secret.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a secret', () => {
  it('is never printed, however it is turned into text', () => {
    const secret = new Secret(bytes('4711'));
    const texts = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: [secret] }),
    ];
    expect(texts.join(' ')).not.toMatch(/4711|52, 55/);
    expect(Object.keys(secret)).toEqual([]);
    expect(inspect(secret, { showHidden: true, customInspect: false, depth: 9 })).not.toMatch(/52|4711/);
  });

  it('is wiped after it was spent, also when its use fails', async () => {
    const kept = bytes('4711');
    const secret = new Secret(kept);
    await expect(secret.spend(async (lent) => Promise.reject(new Error(String(lent.length))))).rejects.toThrow('4');
    expect([...kept]).toEqual([0, 0, 0, 0]);
    expect({ length: secret.length, wiped: secret.wiped, digits: secret.allDigits }).toEqual({
      length: 0,
      wiped: true,
      digits: false,
    });
  });

  it('cannot be used once wiped, so that zeros never reach a card', async () => {
    const secret = new Secret(bytes('4711'));
    secret.wipe();
    secret.wipe();
    expect(() => secret.lend((lent) => lent.length)).toThrow('wiped');
    await expect(secret.spend(async () => 1)).rejects.toThrow('wiped');
  });

  it('equals another with the same bytes and nothing else', () => {
    const secret = new Secret(bytes('4711'));
    const like = (text: string): boolean => secret.equals(new Secret(bytes(text)));
    expect(['4711', '4712', '5711', '471', '47111', ''].map(like)).toEqual([true, false, false, false, false, false]);
    const gone = new Secret(bytes('4711'));
    gone.wipe();
    expect([secret.equals(gone), gone.equals(secret), gone.equals(gone)]).toEqual([false, false, false]);
  });

  it('knows whether it is digits alone', () => {
    const digits = (text: string): boolean => new Secret(bytes(text)).allDigits;
    expect(['0123456789', '12a4', '12 4', '', '１２', '12\0'].map(digits)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is wiped with the whole form', () => {
    const form = new Map([
      ['a', new Secret(bytes('1'))],
      ['b', new Secret(bytes('2'))],
    ]);
    wipeAll(form);
    expect([...form.values()].every((secret) => secret.wiped)).toBe(true);
  });
});
