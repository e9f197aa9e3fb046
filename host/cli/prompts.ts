import { join } from 'node:path';
import { Failure, type FailureCode } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import { hostMessages, readTexts, type Texts, type Values } from '../messages/texts.js';
import type { DistantPrompt } from '../pin/prompt.js';
import { StandardInputPrompt } from '../pin/standard-input.js';
import { TerminalPrompt } from '../pin/terminal.js';
import type { Io } from './io.js';
import type { Options } from './options.js';

/** Where this command line takes codes from: standard input when it says so, else the terminal, else nobody. */
export function promptFor(io: Io, texts: Texts, { pinStdin = false, lastTries = false }: Options): DistantPrompt {
  const { input, errors: output, endings } = io;
  if (pinStdin) return new StandardInputPrompt({ input, lastTries });
  if (input.isTTY !== true) return nobody;
  return new TerminalPrompt({ input, output, endings, say: promptWords(texts), language: texts.language, lastTries });
}

/** The prompt's own sentences, and those of failures. */
function promptWords(texts: Texts): (key: string, values?: Values) => string {
  const own = readTexts(join(hostMessages, 'pin'), texts.language);
  return (key, values = {}) =>
    texts.has(key) ? failureText(texts, { code: key as FailureCode, facts: values }) : own.text(key, values);
}

/** Neither a person nor `--pin-stdin`. */
const nobody: DistantPrompt = {
  ask: ({ fields }) => Promise.reject(new Failure('secret-missing', { field: fields[0]?.name ?? 'code' })),
};
