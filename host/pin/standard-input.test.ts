import type { Failure } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import type { PinForm } from './prompt.js';
import type { Secret } from './secret.js';
import { StandardInputPrompt } from './standard-input.js';
import { type FormFacts, formOf } from '../../test/faults/form.js';

const live = new AbortController().signal;

/** Chunks as a pipe gives them. The arrays are kept, to see that they are wiped. */
function pipe(...texts: string[]): { readonly input: AsyncIterable<Uint8Array>; readonly chunks: Uint8Array[] } {
  const chunks = texts.map((text) => new TextEncoder().encode(text));
  return {
    chunks,
    input: (async function* () {
      yield* chunks;
    })(),
  };
}

/** What was typed into each field, or the failure's code and facts. */
async function typed(prompt: StandardInputPrompt, form: PinForm): Promise<unknown> {
  try {
    const { secrets, agreed } = await prompt.ask(form, live);
    const texts = [...secrets].map(([name, secret]) => [name, secret.lend((bytes) => Buffer.from(bytes).toString())]);
    return { ...Object.fromEntries(texts), agreed };
  } catch (error) {
    const { code, facts } = error as Failure;
    return { code, facts };
  }
}

const ask = (texts: string[], facts: FormFacts = {}, lastTries = false): Promise<unknown> =>
  typed(new StandardInputPrompt({ input: pipe(...texts).input, lastTries }), formOf(facts));

const change: FormFacts = { fields: ['current', 'new', 'again'] };
const right = { current: '1234', 'new:PIN1': '4321', 'again:PIN1': '4321', agreed: false };

describe('secrets on standard input', () => {
  it('are one a line, in the order asked, with LF or CRLF, in any pieces, the last line feed optional', async () => {
    for (const texts of [
      ['1234\n4321\n4321\n'],
      ['1234\r\n4321\r\n4321\r\n'],
      ['12', '34\r', '\n43', '', '21\n4321'],
    ]) {
      expect(await ask(texts, change)).toEqual(right);
    }
  });

  it('are taken line by line, so that the next form finds the next line', async () => {
    const { input, chunks } = pipe('1234\n4321\n99');
    const prompt = new StandardInputPrompt({ input, lastTries: false });
    expect(await typed(prompt, formOf({}))).toEqual({ current: '1234', agreed: false });
    expect(await typed(prompt, formOf({}))).toEqual({ current: '4321', agreed: false });
    expect(Buffer.from(chunks[0] ?? []).toString()).toBe('\0'.repeat(10) + '99');
    prompt.close();
    expect(chunks[0]?.every((byte) => byte === 0)).toBe(true);
  });

  it('that end too early are missing', async () => {
    expect(await ask(['1234\n'], change)).toEqual({ code: 'secret-missing', facts: { field: 'new:PIN1' } });
    expect(await ask([])).toEqual({ code: 'secret-missing', facts: { field: 'current' } });
  });

  it.each([
    ['an empty line', '\n', { code: 'secret-length', facts: { field: 'current', min: 4, max: 8 } }],
    [
      'a line that never ends',
      '1'.repeat(100_000),
      { code: 'secret-length', facts: { field: 'current', min: 4, max: 8 } },
    ],
    ['letters', 'abcd\n', { code: 'secret-not-digits', facts: { field: 'current' } }],
    ['a carriage return inside', '12\r34\n', { code: 'secret-not-digits', facts: { field: 'current' } }],
    ['spaces around', ' 1234\n', { code: 'secret-not-digits', facts: { field: 'current' } }],
  ])('are refused for %s', async (_name, text, failure) => {
    expect(await ask([text])).toEqual(failure);
  });

  it('that fail a check end the asking, and what was read is wiped', async () => {
    const { input, chunks } = pipe('1234\n4321\n4322\n');
    const prompt = new StandardInputPrompt({ input, lastTries: false });
    const kept: Secret[] = [];
    expect(await typed(prompt, formOf({ ...change, kept }))).toEqual({
      code: 'secret-differs',
      facts: { field: 'again:PIN1' },
    });
    expect(chunks[0]?.every((byte) => byte === 0)).toBe(true);
    expect([new Set(kept).size, kept.every((secret) => secret.wiped)]).toEqual([3, true]);
  });

  it('are not read for the last tries unless the command line said yes', async () => {
    const last = { lastTries: true, triesLeft: 2 };
    expect(await ask(['1234\n'], last)).toEqual({ code: 'guard-last-tries', facts: { pin: 'PIN1', triesLeft: 2 } });
    expect(await ask(['1234\n'], { lastTries: true })).toEqual({ code: 'guard-tries-unknown', facts: { pin: 'PIN1' } });
    expect(await ask(['1234\n'], last, true)).toEqual({ current: '1234', agreed: true });
  });

  it('are no longer waited for once the asking is cancelled, and the line is there for the next form', async () => {
    let give = (_line: Uint8Array): void => {};
    const input = (async function* () {
      yield await new Promise<Uint8Array>((resolve) => (give = resolve));
    })();
    const prompt = new StandardInputPrompt({ input, lastTries: false });
    const stop = new AbortController();
    const asked = prompt.ask(formOf({}), stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    give(new TextEncoder().encode('1234\n'));
    expect(await typed(prompt, formOf({}))).toEqual({ current: '1234', agreed: false });
  });
});
