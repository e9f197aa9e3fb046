import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';
import { runPluginCommand } from '../run-plugin-command.js';

/** Activates the card that needs it, through the plugin that offers this. */
export async function activateCard(context: Context): Promise<void> {
  await context.withHost(async (host) => {
    const readers = await host.readers({ signal: context.io.signal });
    const card = chooseCard(readers, context.options.reader, ({ activation }) => (activation?.missing.length ?? 0) > 0);
    await runPluginCommand(context, host, 'activation.activate', { card: card.id });
  });
}
