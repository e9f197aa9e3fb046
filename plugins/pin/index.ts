import { Commands, Contribution, DisposableStore, Pins, provide } from '@sigill/core';
import { ContainerModule } from 'inversify';
import { changePin } from './change-pin.js';
import { pinRequest } from './pin-request.js';
import { unlockPin } from './unlock-pin.js';
import { verifyPin } from './verify-pin.js';

const pin = (commands: Commands, pins: Pins): Contribution => ({
  id: 'pin',
  start() {
    const kept = new DisposableStore();
    kept.add(commands.register('pin.verify', async (args) => verifyPin(pins, pinRequest(args))));
    kept.add(commands.register('pin.change', async (args) => changePin(pins, pinRequest(args))));
    kept.add(commands.register('pin.unlock', async (args) => unlockPin(pins, pinRequest(args))));
    return kept;
  },
});

export default new ContainerModule((container) => {
  provide(container, Contribution, [Commands, Pins], pin);
});
