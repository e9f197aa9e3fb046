import { Failure, type ProgramProfile } from '@sigill/core';
import type { Texts } from '../../messages/texts.js';
import { Keys } from '../../pin/keys.js';
import { withRawTerminal } from '../../pin/raw-terminal.js';
import type { Secret } from '../../pin/secret.js';
import { SecretLine } from '../../pin/secret-line.js';
import type { DatabasePasswordPrompt } from '../../programs/set-up.js';
import type { Io } from '../io.js';
import type { Options } from '../options.js';

/** Where the window runs, there is no terminal: the set-up says what it left out and how to do it. */
export const nobodyToAsk: DatabasePasswordPrompt = { ask: async () => undefined };

/** Who is asked for the password of a program's database: standard input, one line, when it carries the secrets; else the terminal. */
export function passwordPromptFor(io: Io, texts: Texts, { pinStdin = false }: Options): DatabasePasswordPrompt {
  if (pinStdin) return { ask: () => lineOf(io) };
  if (io.input.isTTY !== true) return nobodyToAsk;
  return { ask: (profile, isWrong, signal) => typed(io, texts, profile, isWrong, signal) };
}

async function typed(
  io: Io,
  texts: Texts,
  { program, name }: ProgramProfile,
  isWrong: boolean,
  signal: AbortSignal,
): Promise<Secret | undefined> {
  if (isWrong) io.errors.write(`${texts.text('mail.password.wrong')}\n`);
  const named = `${program.charAt(0).toUpperCase()}${program.slice(1)} (${name})`;
  io.errors.write(`${texts.text('mail.password', { program: named })} `);
  const keys = new Keys();
  const line = new SecretLine();
  try {
    return await withRawTerminal(io.input, io.endings, async (next) => {
      for (;;) {
        const key = keys.read(await next(signal));
        if (key?.kind === 'byte' && line.add(key.byte)) io.errors.write('•');
        if (key?.kind === 'erase' && line.erase()) io.errors.write('\b \b');
        if (key?.kind === 'clear') while (line.erase()) io.errors.write('\b \b');
        if (key?.kind === 'cancel') throw new Failure('cancelled', {});
        if (key?.kind !== 'enter') continue;
        const secret = line.take();
        // An empty line leaves this database as it is.
        return secret.length > 0 ? secret : undefined;
      }
    });
  } finally {
    line.wipe();
    io.errors.write('\n');
  }
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const rests = new WeakMap<object, Uint8Array>();

/** The next line of standard input; undefined at its end. */
async function lineOf({ input }: Io): Promise<Secret | undefined> {
  const line = new SecretLine();
  let chunk = rests.get(input) ?? new Uint8Array();
  const chunks = input[Symbol.asyncIterator]();
  for (let isEmpty = true; ;) {
    for (const [at, byte] of chunk.entries()) {
      chunk[at] = 0;
      if (byte === lineFeed) {
        rests.set(input, chunk.subarray(at + 1));
        return line.take();
      }
      isEmpty = false;
      if (byte !== carriageReturn) line.add(byte);
    }
    const { done, value } = await chunks.next();
    if (done === true) return isEmpty ? undefined : line.take();
    chunk = value;
  }
}
