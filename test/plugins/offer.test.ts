import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { bundled, readerWith } from './fake-host.js';
import { started } from './started.js';

it("a card that is not activated starts the activation by itself, again when it is left half-way, and the person's yes runs it", async () => {
  const { host, readers, asked } = await started({ bundled });
  host.start();
  const offers: unknown[] = [];
  host.offers.subscribe((offer) => offers.push(offer));
  const first = firstValueFrom(host.offers);
  readers.next([readerWith('card-2', 'not-activated')]);
  const { command, args } = await first;
  const { messages, data } = await host.run(command, args);
  expect(messages.map(({ key }) => key)).toEqual(['activation.set', 'activation.set', 'activation.done']);
  expect(data).toEqual({
    pins: [
      { pin: 'PIN1', state: 'ok' },
      { pin: 'PIN2', state: 'ok' },
    ],
  });
  expect(asked.map(({ operation }) => operation)).toEqual(['activate']);

  const half = firstValueFrom(host.offers);
  readers.next([readerWith('card-2', 'half-activated')]);
  await half;
  const back = firstValueFrom(host.offers);
  readers.next([readerWith('card-3', 'half-activated')]);
  await back;
  const offer = { plugin: '@sigill-plugin/activation', command: 'activation.activate' };
  expect(offers).toEqual([
    { ...offer, args: { card: 'card-2' } },
    { ...offer, args: { card: 'card-2' } },
    { ...offer, args: { card: 'card-3' } },
  ]);
});
