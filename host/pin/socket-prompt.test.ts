import { Failure, failureData } from '@sigill/core';
import { beforeEach, expect, it } from 'vitest';
import { formOf } from '../../test/faults/form.js';
import { DistantPerson } from './distant-person.js';
import { type HostWords, type PersonWords, secretFrameLength } from './distant-words.js';
import type { DistantForm, DistantPrompt, PinForm } from './prompt.js';
import { Secret } from './secret.js';
import { SocketPrompt } from './socket-prompt.js';

let told: (HostWords | PersonWords)[];
let frames: Uint8Array[];
let typed: Secret[];
let kept: Secret[];
beforeEach(() => {
  [told, frames, typed, kept] = [[], [], [], []];
});

const never = new AbortController().signal;
const digits = (text: string): Secret => {
  const secret = new Secret(Buffer.from(text));
  typed.push(secret);
  return secret;
};

/** A person who types values field by field and is told when one is not in order, as at a terminal. */
function person(...values: readonly string[]): DistantPrompt & { found: string[] } {
  const found: string[] = [];
  return {
    found,
    async ask({ fields, check, lastTries }: DistantForm) {
      const secrets = new Map<string, Secret>();
      for (const { name } of fields) {
        for (;;) {
          const value = values[typed.length];
          if (value === undefined) throw new Failure('cancelled', {});
          secrets.set(name, digits(value));
          const wrong = await check(name, secrets);
          if (wrong === undefined) break;
          found.push(wrong.code);
        }
      }
      return { secrets, agreed: lastTries };
    },
  };
}

/** Both halves, joined as by a socket: what goes through is kept, words as JSON. */
function joined(prompt: DistantPrompt): SocketPrompt {
  const copy = <T>(words: T): T => JSON.parse(JSON.stringify(words)) as T;
  const host: SocketPrompt = new SocketPrompt((words) => {
    told.push(words);
    queueMicrotask(() => other.hear(copy(words)));
  }, prompt.typeOnReader !== undefined);
  const other = new DistantPerson(prompt, {
    tell: (words) => {
      told.push(words);
      queueMicrotask(() => host.hear(copy(words)));
    },
    secret: (frame) => {
      frames.push(Uint8Array.from(frame));
      queueMicrotask(() => expect(host.take(frame)).toBe(true));
    },
  });
  return host;
}

const values = (secrets: ReadonlyMap<string, Secret>): Record<string, string> =>
  Object.fromEntries([...secrets].map(([name, one]) => [name, one.lend((bytes) => Buffer.from(bytes).toString())]));

it('what is typed at the other end is the answer, and is in no word and no frame in the clear', async () => {
  const form = formOf({ fields: ['current', 'new', 'again'] });
  const { secrets, agreed } = await joined(person('90817263', '71625348', '71625348')).ask(form, never);
  expect(values(secrets)).toEqual({ current: '90817263', 'new:PIN1': '71625348', 'again:PIN1': '71625348' });
  expect(agreed).toBe(false);
  expect(frames.map(({ length }) => length)).toEqual([1, 2, 3].map(() => secretFrameLength));
  for (const text of ['90817263', '71625348']) {
    expect(JSON.stringify(told)).not.toContain(text);
    for (const frame of frames) expect(Buffer.from(frame).includes(text)).toBe(false);
  }
  await expect.poll(() => typed.every(({ wiped }) => wiped)).toBe(true);
});

it('the same value twice is never the same frame', async () => {
  await joined(person('1234', '2580', '2580')).ask(formOf({ fields: ['current', 'new', 'again'] }), never);
  const hidden = frames.map((frame) => Buffer.from(frame.subarray(5)).toString('hex'));
  expect(new Set(hidden).size).toBe(3);
});

it('each field is checked by the host as it is typed, also for what only the host knows', async () => {
  const form: PinForm = { ...formOf({ kept }), check: (name, all) => check(name, all) };
  const rules = formOf({ kept }).check;
  const check: PinForm['check'] = (name, all) => {
    const known = all.get(name)?.lend((bytes) => Buffer.from(bytes).toString() === '1111');
    return known === true ? { code: 'guard-known-wrong', facts: { pin: 'PIN1' } } : rules(name, all);
  };
  const someone = person('12', '12a4', '1111', '1234');
  const { secrets } = await joined(someone).ask(form, never);
  expect(someone.found).toEqual(['secret-length', 'secret-not-digits', 'guard-known-wrong']);
  expect(values(secrets)).toEqual({ current: '1234' });
  expect(kept.slice(0, -1).every(({ wiped }) => wiped)).toBe(true);
});

it('the yes to the last tries goes through', async () => {
  const { agreed } = await joined(person('1234')).ask(formOf({ lastTries: true, triesLeft: 1 }), never);
  expect(agreed).toBe(true);
});

it('a person who gives up, or cannot be asked, fails the question as here, and what was typed is wiped', async () => {
  const form = formOf({ fields: ['current', 'new'], kept });
  const asked = joined(person('1234')).ask(form, never);
  expect(await asked.catch(failureData)).toEqual({ code: 'cancelled', facts: {} });
  expect(kept.every(({ wiped }) => wiped)).toBe(true);
  const absent: DistantPrompt = { ask: () => Promise.reject(new Failure('secret-missing', { field: 'current' })) };
  const missing = await joined(absent).ask(form, never).catch(failureData);
  expect(missing).toEqual({ code: 'secret-missing', facts: { field: 'current' } });
});

it.each(['withdrawn', 'gone'] as const)('a question that is %s is no longer asked', async (how) => {
  const stop = new AbortController();
  let asked: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => (asked = resolve));
  let withdrawn: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (withdrawn = resolve));
  const host = joined({
    ask: (_form, signal) =>
      new Promise((_, reject) => {
        asked();
        signal.addEventListener('abort', () => {
          withdrawn();
          reject(new Failure('cancelled', {}));
        });
      }),
  });
  const refused = expect(host.ask(formOf({}), stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  await shown;
  if (how === 'gone') host.dispose();
  else stop.abort();
  await Promise.all([ended, refused]);
});

it('a value for no question, or for a field that there is not, is none', async () => {
  const host = new SocketPrompt(() => undefined, false);
  expect(host.take(new Uint8Array(secretFrameLength).fill(1))).toBe(false);
  const asked = host.ask(formOf({}), never);
  const frame = new Uint8Array(secretFrameLength);
  frame.set([0, 0, 0, 1, 9]);
  expect(host.take(frame)).toBe(false);
  expect(frame.every((byte) => byte === 0)).toBe(true);
  host.dispose();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

it('a code for the reader’s own keypad is shown there until the reader is done, and can be cancelled there', async () => {
  const shown: string[] = [];
  let leave: () => void = () => undefined;
  const prompt: DistantPrompt = {
    ask: () => Promise.reject(new Failure('cancelled', {})),
    async typeOnReader(form, _signal, present) {
      shown.push(form.operation);
      const left = new AbortController();
      leave = () => left.abort();
      try {
        return await present(left.signal);
      } finally {
        shown.push('over');
      }
    },
  };
  const host = joined(prompt);
  expect(await host.typeOnReader?.(formOf({}), never, async () => 'done')).toBe('done');
  await expect.poll(() => shown).toEqual(['verify', 'over']);
  const cancelled = host.typeOnReader?.(formOf({}), never, async (signal) => {
    leave();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new Failure('cancelled', {});
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(joined(person()).typeOnReader).toBeUndefined();
});
