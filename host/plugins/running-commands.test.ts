import { expect, it } from 'vitest';
import { systemClock } from './clock.js';
import { defaultLimits } from './limits.js';
import { type Asking, RunningCommands, type Starter } from './running-commands.js';

const asking = (): Asking => ({
  language: 'sv',
  pins: () => ({}) as never,
  signing: () => ({}) as never,
  decrypting: () => ({}) as never,
});

/** Two runs: one that was started at a prompt of its own, one in the window. */
function two() {
  const commands = new RunningCommands(systemClock);
  const add = (starter: Starter) => commands.add(defaultLimits.command, 1_000, () => undefined, starter);
  const [here, there] = [new AbortController(), new AbortController()];
  const prompt = asking();
  const elsewhere = add({ signal: there.signal, asking: prompt });
  const window = add({ signal: here.signal });
  return { commands, here, there, prompt, elsewhere, window };
}

it('who started a run is asked for it, and nobody else', () => {
  const { commands, prompt, elsewhere, window } = two();
  expect(commands.asking(elsewhere.run)).toBe(prompt);
  expect(commands.asking(window.run)).toBeUndefined();
  // A call that does not say its run is asked in the window when it could be either's.
  expect(commands.asking()).toBeUndefined();
  window.dispose();
  expect(commands.asking()).toBe(prompt);
  elsewhere.dispose();
  expect([commands.asking(elsewhere.run), commands.asking(), commands.any]).toEqual([undefined, undefined, false]);
});

it('one that is cancelled takes back its own questions alone; a name that is none runs not', () => {
  const { commands, there, elsewhere, window } = two();
  const signals = [commands.cancelled(elsewhere.run), commands.cancelled(window.run), commands.cancelled()];
  there.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, true]);
  expect([commands.has(elsewhere.run), commands.has('1234')]).toEqual([true, false]);
  for (const run of [elsewhere, window]) run.dispose();
  expect(commands.has(elsewhere.run)).toBe(false);
});
