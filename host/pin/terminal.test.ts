import type { Failure } from '@sigill/core';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FormFacts, formOf } from '../../test/faults/form.js';
import type { Endings, TerminalInput } from './raw-terminal.js';
import type { Secret } from './secret.js';
import { TerminalPrompt } from './terminal.js';

class FakeTerminal extends EventEmitter implements TerminalInput {
  isRaw = false;
  paused = true;
  readonly chunks: Uint8Array[] = [];
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }
  resume(): void {
    this.paused = false;
  }
  pause(): void {
    this.paused = true;
  }
  type(text: string): void {
    const chunk = new TextEncoder().encode(text);
    this.chunks.push(chunk);
    this.emit('data', chunk);
  }
  /** Nothing is listened to, the mode is as before, and all that was typed is wiped. */
  get calm(): boolean {
    const listeners = this.listenerCount('data') + this.listenerCount('end');
    return (
      !this.isRaw && this.paused && listeners === 0 && this.chunks.every((chunk) => chunk.every((byte) => byte === 0))
    );
  }
}

class FakeProcess extends EventEmitter {
  readonly pid = 4711;
  readonly killed: unknown[] = [];
  kill(pid: number, signal: string): true {
    this.killed.push([pid, signal]);
    return true;
  }
}

interface Setting {
  readonly terminal: FakeTerminal;
  readonly endings: FakeProcess;
  readonly screen: () => string;
  /** What was shown while keys that are pressed would still be echoed. */
  readonly echoing: () => string;
  readonly outcome: Promise<unknown>;
}

function set(facts: FormFacts = {}, options: { lastTries?: boolean; signal?: AbortSignal } = {}): Setting {
  const terminal = new FakeTerminal();
  const endings = new FakeProcess();
  let [screen, echoing] = ['', ''];
  const prompt = new TerminalPrompt({
    input: terminal,
    output: {
      write(text: string) {
        screen += text;
        if (!terminal.isRaw) echoing += text;
      },
    },
    say: (key, values) => `[${key}${values === undefined ? '' : ` ${Object.values(values).join(' ')}`}]`,
    language: 'en',
    lastTries: options.lastTries ?? false,
    endings: endings as unknown as Endings,
  });
  const outcome = prompt.ask(formOf(facts), options.signal ?? new AbortController().signal).then(
    ({ secrets, agreed }) => ({
      agreed,
      ...Object.fromEntries(
        [...secrets].map(([name, secret]) => [name, secret.lend((bytes) => Buffer.from(bytes).toString())]),
      ),
    }),
    ({ code, facts: told }: Failure) => ({ code, facts: told }),
  );
  return { terminal, endings, screen: () => screen, echoing: () => echoing, outcome };
}

const change: FormFacts = { operation: 'change', fields: ['current', 'new', 'again'], triesLeft: 3 };

describe('asking at a terminal', () => {
  it('tells who asks, for what and how many tries are left, and shows a dot for each character', async () => {
    const { terminal, screen, outcome } = set({ triesLeft: 3 });
    expect(terminal.isRaw).toBe(true);
    terminal.type('1234\r');
    expect(await outcome).toEqual({ current: '1234', agreed: false });
    expect(screen()).toBe(
      '[pin.ask.verify test basic code Card Reader 1]\n[pin.tries 3]\n[pin.ask.started]\n[pin.field.current basic code 4–8] ••••\n',
    );
    expect(terminal.calm).toBe(true);
  });

  it('says nothing while what is typed would still be echoed', async () => {
    const { terminal, echoing, outcome } = set();
    terminal.type('1234\r');
    await outcome;
    expect(echoing()).toBe('');
  });

  it('says when the card tells no counter', async () => {
    const { terminal, screen, outcome } = set({ lastTries: true }, { lastTries: true });
    terminal.type('1234\r');
    expect(await outcome).toMatchObject({ agreed: true });
    expect(screen()).toContain('[pin.tries.unknown]');
  });

  it('takes keys one by one or pasted at once, with corrections', async () => {
    for (const keys of [
      ['1234\n', '4321\n', '4321\n'],
      ['1234\r\n4321\r\n4321\r\n'],
      ['9\x7f12', '35\b4\r', '9999\x154321\r', '43é\x7f21\r'],
      ['\x1b[A1\x1bOP2\x1b[1;5D34\r', '\x1b[200~4321\x1b[201~\r', '4\x013\t21\r'],
    ]) {
      const { terminal, outcome } = set(change);
      for (const text of keys) terminal.type(text);
      expect(await outcome).toEqual({ agreed: false, current: '1234', 'new:PIN1': '4321', 'again:PIN1': '4321' });
      expect(terminal.calm).toBe(true);
    }
  });

  it('takes the dots back with the characters', async () => {
    const { terminal, screen, outcome } = set();
    terminal.type('\x7f12\x7f3\x151234\r');
    await outcome;
    expect(screen()).toContain(' ••\b \b•\b \b\b \b••••\n');
  });

  it('asks again in place for what fails its check, and for both new values when they differ', async () => {
    const { terminal, screen, outcome } = set(change);
    terminal.type('123\r12a4\r1234\r4321\r4322\r5555\r5555\r');
    expect(await outcome).toEqual({ agreed: false, current: '1234', 'new:PIN1': '5555', 'again:PIN1': '5555' });
    const said = [...screen().matchAll(/\[(secret-[a-z-]+|pin\.field\.[a-z]+)/g)].map(([, key]) => key);
    const [current, fresh, again] = ['pin.field.current', 'pin.field.new', 'pin.field.again'];
    expect(said).toEqual([
      current,
      'secret-length',
      current,
      'secret-not-digits',
      current,
      fresh,
      again,
      'secret-differs',
      fresh,
      again,
    ]);
  });

  it.each([
    ['Ctrl-C', '12\x03'],
    ['Ctrl-D', '12\x04'],
    ['Ctrl-\\', '12\x1c'],
  ])('is cancelled by %s, and the terminal is as before', async (_name, keys) => {
    const { terminal, outcome } = set(change);
    terminal.type(`1234\r${keys}99`);
    expect(await outcome).toEqual({ code: 'cancelled', facts: {} });
    expect(terminal.calm).toBe(true);
  });

  it('wipes what was typed before, and what is asked again', async () => {
    const kept: Secret[] = [];
    const { terminal, outcome } = set({ ...change, kept });
    terminal.type('123\r1234\r4321\r4322\r\x03');
    expect(await outcome).toEqual({ code: 'cancelled', facts: {} });
    expect([new Set(kept).size, kept.every((secret) => secret.wiped)]).toEqual([4, true]);
  });

  it('is cancelled from outside and by the end of input', async () => {
    const stop = new AbortController();
    const outside = set({}, { signal: stop.signal });
    outside.terminal.type('12');
    stop.abort();
    expect(await outside.outcome).toEqual({ code: 'cancelled', facts: {} });
    const ended = set();
    ended.terminal.emit('end');
    expect(await ended.outcome).toEqual({ code: 'cancelled', facts: {} });
    expect([outside.terminal.calm, ended.terminal.calm]).toEqual([true, true]);
  });

  it('does not even ask for the last tries unless the command line said yes', async () => {
    const { terminal, screen, outcome } = set({ lastTries: true, triesLeft: 1 });
    expect(await outcome).toEqual({ code: 'guard-last-tries', facts: { pin: 'PIN1', triesLeft: 1 } });
    expect([screen(), terminal.calm]).toEqual(['', true]);
  });

  it('gives the terminal back when a signal or an exit ends the program, and lets the signal do its work', async () => {
    const { terminal, endings, outcome } = set();
    endings.emit('SIGTERM');
    expect([terminal.isRaw, endings.killed]).toEqual([false, [[4711, 'SIGTERM']]]);
    terminal.isRaw = true;
    endings.emit('exit');
    expect(terminal.isRaw).toBe(false);
    terminal.type('1234\r');
    await outcome;
    expect(endings.eventNames()).toEqual([]);
  });

  it('leaves no listener behind on the program', async () => {
    const { terminal, endings, outcome } = set();
    expect(endings.eventNames().sort()).toEqual(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'exit']);
    terminal.type('1234\r');
    await outcome;
    expect(endings.eventNames()).toEqual([]);
  });
});

describe('the words of the prompt', () => {
  const texts = (language: string): Record<string, string> =>
    JSON.parse(readFileSync(new URL(`../messages/pin/${language}.json`, import.meta.url), 'utf8')) as Record<
      string,
      string
    >;
  const placeholders = (text: string): readonly string[] =>
    [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();

  it('are the same keys with the same values in every language', () => {
    const english = texts('en');
    for (const language of ['sv', 'fi']) {
      expect(Object.keys(texts(language))).toEqual(Object.keys(english));
      for (const [key, text] of Object.entries(texts(language))) {
        // A language may need fewer values than another, never one that is not given.
        expect(placeholders(english[key] ?? '')).toEqual(expect.arrayContaining([...placeholders(text)]));
      }
    }
  });
});
