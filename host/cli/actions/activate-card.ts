import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';
import { runPluginCommand } from '../run-plugin-command.js';
import { readersNow } from '../settled-readers.js';

/** Activates the card that needs it, through the plugin that offers this. */
export async function activateCard(context: Context): Promise<void> {
  await context.withHost(async (host) => {
    const readers = await readersNow(host, context.io.signal);
    const card = chooseCard(readers, context.options.reader, ({ activation }) => (activation?.missing.length ?? 0) > 0);
    await runPluginCommand(context, host, 'activation.activate', { card: card.id });
  });
}
