import { CommanderError } from 'commander';
import { isFailure } from '@sigill/core';
import { chooseLanguage } from '../messages/language.js';
import { hostTexts } from '../messages/texts.js';
import { Ended } from './ended.js';
import { exitCode, exitCodes } from './exit-code.js';
import type { Io } from './io.js';
import { earlyOptions } from './options.js';
import { buildProgram } from './program.js';
import { Say } from './say.js';
import { usageFailure } from './usage-failure.js';

/** Runs one command line and gives its exit code; never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const { lang, json = false } = earlyOptions(argv);
  const [language, wrongLanguage] = languageOf(lang, io);
  const texts = hostTexts(language);
  const say = new Say(io, texts, json);
  try {
    if (wrongLanguage !== undefined) throw wrongLanguage;
    const program = buildProgram({ io, texts, json });
    await program.parseAsync(argv, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (error instanceof Ended) return error.exitCode;
    // Commander has shown the help of a command that lacks its second word; a program is told so.
    if (error instanceof CommanderError && error.code === 'commander.help' && !json) return exitCodes.usage;
    const failure = error instanceof CommanderError ? usageFailure(texts, error) : error;
    say.failure(failure);
    if (!isFailure(failure) && io.environment['SIGILL_DEBUG']) io.errors.write(`${(failure as Error).stack}\n`);
    return exitCode(failure);
  }
}

function languageOf(lang: string | undefined, io: Io) {
  try {
    return [chooseLanguage(lang, io.environment)] as const;
  } catch (failure) {
    return [chooseLanguage(undefined, io.environment), failure] as const;
  }
}
