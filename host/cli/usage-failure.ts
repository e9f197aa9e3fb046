import type { CommanderError } from 'commander';
import { Failure } from '@sigill/core';
import type { Texts } from '../messages/texts.js';

/** What commander found wrong, in the person's language. Commander's own sentence tells the word it stumbled on in quotes. */
export function usageFailure(texts: Texts, error: CommanderError): Failure<'usage'> {
  if (error.code === 'commander.help') {
    return new Failure(
      'usage',
      { why: texts.text('usage.missing-argument', { item: texts.text('help.usage-command') }) },
      error,
    );
  }
  const key = keys[error.code];
  const item = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const why = key === undefined ? error.message.replace(/^error: /, '') : texts.text(key, { item });
  return new Failure('usage', { why }, error);
}

const keys: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'usage.unknown-command',
  'commander.unknownOption': 'usage.unknown-option',
  'commander.missingArgument': 'usage.missing-argument',
  'commander.optionMissingArgument': 'usage.option-missing-argument',
  'commander.missingMandatoryOptionValue': 'usage.missing-option',
  'commander.excessArguments': 'usage.excess-arguments',
};
