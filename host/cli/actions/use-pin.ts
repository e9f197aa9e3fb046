import { Failure, type PinId } from '@sigill/core';
import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';
import { runPluginCommand } from '../run-plugin-command.js';

const pins = ['PIN1', 'PIN2', 'PIN3', 'PIN4'] as const satisfies readonly PinId[];

/** Verifies, changes or unlocks the PIN named by `word`, through the plugin that offers this. */
export async function usePin(context: Context, operation: string, word: string): Promise<void> {
  const { io, options, texts } = context;
  const pin = pins.find((id) => id === word.toUpperCase());
  // What stands in the name's place may be a code that somebody typed there: it is never repeated.
  if (pin === undefined) throw new Failure('usage', { why: texts.text('usage.pin', { choices: 'PIN1, PIN2' }) });
  await context.withHost(async (host) => {
    const readers = await host.readers({ signal: io.signal });
    const card = chooseCard(readers, options.reader, (one) => one.pins.some(({ id }) => id === pin));
    const known = card.pins.map(({ id }) => id);
    if (!known.includes(pin)) throw new Failure('pin-unknown', { pin, pins: known });
    await runPluginCommand(context, host, `pin.${operation}`, { card: card.id, pin });
  });
}
