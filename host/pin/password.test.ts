import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { DistantPerson } from './distant-person.js';
import { secretFrameLength } from './distant-words.js';
import type { PasswordForm } from './password-form.js';
import type { DistantPrompt } from './prompt.js';
import type { Endings, TerminalInput } from './raw-terminal.js';
import { Secret } from './secret.js';
import { SocketPrompt } from './socket-prompt.js';
import { StandardInputPrompt } from './standard-input.js';
import { TerminalPrompt } from './terminal.js';

const form: PasswordForm = { requester: 'Mail', program: 'Firefox (person)', folder: '~/p', isWrong: false };
const never = new AbortController().signal;
const text = (secret: Secret | undefined): string | undefined =>
  secret?.lend((bytes) => Buffer.from(bytes).toString('utf8'));

/** A prompt in another process, joined as by a socket; `sent` keeps what crosses. */
function joined(prompt: Partial<DistantPrompt>, sent: Uint8Array[] = []): SocketPrompt {
  const host: SocketPrompt = new SocketPrompt((words) => {
    sent.push(Buffer.from(JSON.stringify(words)));
    queueMicrotask(() => other.hear(words));
  }, false);
  const other = new DistantPerson(
    { ask: () => Promise.reject(new Error('No code is asked for')), ...prompt },
    {
      tell: (words) => queueMicrotask(() => host.hear(words)),
      secret: (frame) => {
        sent.push(Uint8Array.from(frame));
        queueMicrotask(() => expect(host.take(frame)).toBe(true));
      },
    },
  );
  return host;
}

it('a password of any characters is given at the other end, and crosses under the seal', async () => {
  for (const password of ['a pass phrase, åäö', 'x', 'ä'.repeat(127)]) {
    const typed = new Secret(Buffer.from(password));
    const sent: Uint8Array[] = [];
    const given = await joined({ askPassword: async () => typed }, sent).askPassword(form, never);
    expect([text(given), typed.wiped]).toEqual([password, true]);
    expect(sent.at(-2)?.length === secretFrameLength || sent[1]?.length === secretFrameLength).toBe(true);
    if (password.length > 1) for (const one of sent) expect(Buffer.from(one).includes(password)).toBe(false);
  }
});

it('a database is left as it is by an empty answer there, and where nobody can be asked', async () => {
  expect(await joined({ askPassword: async () => undefined }).askPassword(form, never)).toBeUndefined();
  expect(await joined({}).askPassword(form, never)).toBeUndefined();
});

it('a caller that goes away while it is asked has cancelled', async () => {
  const host = joined({ askPassword: () => new Promise(() => {}) });
  const asked = host.askPassword(form, never);
  host.dispose();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

it('on standard input one line is one password, and an empty line or the end leaves the database as it is', async () => {
  const chunk = new TextEncoder().encode(`${'long '.repeat(40)}\r\n\nläst`);
  const prompt = new StandardInputPrompt({ input: pipe(chunk), lastTries: false });
  const ask = async () => text(await prompt.askPassword(form, never));
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    'long '.repeat(40),
    undefined,
    'läst',
    undefined,
  ]);
  expect(chunk.every((byte) => byte === 0)).toBe(true);
});

it('at a terminal it is asked for once nothing is echoed, with a dot for each character; Ctrl-C cancels all', async () => {
  const terminal = new FakeTerminal();
  const said: [string, boolean][] = [];
  const prompt = new TerminalPrompt({
    input: terminal,
    output: { write: (words: string) => void said.push([words, terminal.isRaw]) },
    say: (key) => key,
    language: 'en',
    lastTries: false,
    endings: new EventEmitter() as unknown as Endings,
  });
  const asked = prompt.askPassword({ ...form, isWrong: true }, never);
  terminal.emit('data', Buffer.from('påss\r'));
  expect(text(await asked)).toBe('påss');
  expect(said).toEqual([
    ['pin.password.wrong\n', false],
    ['pin.password ', true],
    ...Array.from({ length: 4 }, () => ['•', true]),
    ['\n', true],
  ]);
  const left = prompt.askPassword(form, never);
  terminal.emit('data', Buffer.from('\r'));
  expect(await left).toBeUndefined();
  const cancelled = prompt.askPassword(form, never);
  terminal.emit('data', Buffer.from('abc\x03'));
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(terminal.isRaw).toBe(false);
});

class FakeTerminal extends EventEmitter implements TerminalInput {
  isRaw = false;
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }
  resume(): void {}
  pause(): void {}
}

async function* pipe(...chunks: Uint8Array[]) {
  yield* chunks;
}
