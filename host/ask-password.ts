import type { ProgramProfile } from '@sigill/core';
import type { PinBroker } from './pin/broker.js';
import type { PinPrompt } from './pin/prompt.js';
import type { AskDatabasePassword } from './programs/set-up.js';

const titles: Readonly<Record<ProgramProfile['program'], string>> = {
  firefox: 'Firefox',
  thunderbird: 'Thunderbird',
  shared: 'Chromium',
};

/** Asks for the passwords of databases in the name of `requester`, at `prompt` or at the host's own. */
export function askPassword(broker: PinBroker, requester: string, prompt?: PinPrompt): AskDatabasePassword {
  return ({ program, name, folder }, isWrong, signal) =>
    broker.password({ requester, program: `${titles[program]} (${name})`, folder, isWrong }, signal, prompt);
}
