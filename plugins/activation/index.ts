import { type CardId, Cards, Commands, Contribution, DisposableStore, Failure, Log, Pins, provide } from '@sigill/core';
import { ContainerModule } from 'inversify';
import { activateCard } from './activate-card.js';
import { offerActivation } from './offer-activation.js';

const activation = (cards: Cards, commands: Commands, pins: Pins, log: Log): Contribution => ({
  id: 'activation',
  start() {
    const kept = new DisposableStore();
    kept.add(
      commands.register('activation.activate', async ({ card }) => {
        if (typeof card !== 'string') throw new Failure('no-card', {});
        return activateCard(pins, card as CardId);
      }),
    );
    kept.add(offerActivation(cards, commands, log));
    return kept;
  },
});

export default new ContainerModule((container) => {
  provide(container, Contribution, [Cards, Commands, Pins, Log], activation);
});
