import { Failure, type PinId } from '@sigill/core';
import type { Texts } from '../../messages/texts.js';
import { chooseCard } from '../choose-card.js';
import type { AddCommand } from '../program.js';
import { runPluginCommand } from '../run-plugin-command.js';
import { readersNow } from '../settled-readers.js';

const pins = ['PIN1', 'PIN2', 'PIN3', 'PIN4'] as const satisfies readonly PinId[];
const operations = ['verify', 'change', 'unlock'] as const;

/** `sigill pin verify|change|unlock PIN1|PIN2` */
export const addPin: AddCommand = (program, texts, context) => {
  const group = program.command('pin').description(texts.text('help.pin'));
  for (const operation of operations) {
    group
      .command(operation)
      .description(texts.text(`help.pin.${operation}`))
      .argument('<PIN>', texts.text('help.pin.which'))
      .action(async (word: string) => {
        const pin = pinNamed(word, texts);
        const here = context();
        await here.withHost(async (host) => {
          const readers = await readersNow(host, here.io.signal);
          const card = chooseCard(readers, here.options.reader, ({ pins }) => pins.some(({ id }) => id === pin));
          const known = card.pins.map(({ id }) => id);
          if (!known.includes(pin)) throw new Failure('pin-unknown', { pin, pins: known });
          await runPluginCommand(here, host, `pin.${operation}`, { card: card.id, pin });
        });
      })
      .addHelpText('after', operation === 'unlock' ? `\n${texts.text('next.no-puk')}` : '');
  }
};

/** What stands in the id's place may be a code that somebody typed there: it is never repeated. */
function pinNamed(word: string, texts: Texts): PinId {
  const pin = pins.find((id) => id === word.toUpperCase());
  if (pin === undefined) throw new Failure('usage', { why: texts.text('usage.pin', { choices: 'PIN1, PIN2' }) });
  return pin;
}
