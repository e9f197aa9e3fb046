import type { Command } from 'commander';
import { Failure, isFailure } from '@sigill/core';
import { setTimeout } from 'node:timers/promises';
import { askResident } from '../../resident/ask-resident.js';
import { socketPlace, type SocketPlace } from '../../resident/socket-place.js';
import { takeLock } from '../../simulate/lock-file.js';
import type { Context } from '../context.js';
import type { AddCommand } from '../add-command.js';
import type { StayOptions } from '../stay.js';

/** `sigill` alone, or `sigill start [--headless] [--background]` */
export const addStart: AddCommand = (program: Command, texts, context) => {
  program
    .command('start', { isDefault: true })
    .description(texts.text('help.start'))
    .argument('[words...]')
    .option('--headless', texts.text('help.start.headless'))
    .option('--background', texts.text('help.start.background'))
    .action(async (words: readonly string[], options: StayOptions) => {
      // This is what runs when no command has the first word.
      const [word] = words;
      if (word !== undefined) throw new Failure('usage', { why: texts.text('usage.unknown-command', { item: word }) });
      await start(context(), options);
    })
    .usage(texts.text('help.usage-options'));
};

/** Milliseconds between two looks at a host that is starting or ending, and how many. */
const pause = 100;
const looks = 100;

async function start(here: Context, options: StayOptions): Promise<void> {
  const { paths, io, say, texts } = here;
  const place = socketPlace(paths.runtime, io.platform);
  const release = await lockOrOpen(place, io.signal);
  if (release === undefined) {
    say.answer({ started: false, opened: true }, () => say.sentence(texts.text('start.opened')));
    return;
  }
  try {
    // Only who stays needs window, tray and cards; a second start is quick.
    const { stay } = await import('../stay.js');
    await stay(here, place, options);
  } finally {
    release();
  }
}

/** The lock that makes this process the host, or nothing when another is and has opened its window. */
async function lockOrOpen({ lock, socket }: SocketPlace, signal: AbortSignal): Promise<(() => void) | undefined> {
  for (let look = 1; ; look += 1) {
    const release = takeLock(lock);
    if (release !== undefined) return release;
    try {
      await askResident(socket, { kind: 'open' });
      return undefined;
    } catch (error) {
      if (!isFailure(error, 'host-absent') || look === looks || signal.aborted) throw error;
      await setTimeout(pause);
    }
  }
}
