import { Cards, Commands, Contribution, DisposableStore, Log, Panels, Programs, provide } from '@sigill/core';
import { ContainerModule } from 'inversify';
import { applySetUp } from './set-up/apply.js';
import { checkSetUp } from './set-up/check.js';
import { showPanel } from './set-up/panel.js';
import { panelText } from './set-up/panel-text.js';
import { planSetUp } from './set-up/plan.js';
import { undoSetUp } from './set-up/undo.js';

const email = (cards: Cards, commands: Commands, panels: Panels, programs: Programs, log: Log): Contribution => ({
  id: 'email',
  start() {
    const kept = new DisposableStore();
    const show = (): void => {
      showPanel(panels, programs, cards, panelText).catch((error: unknown) => log.warn(`The panel: ${String(error)}`));
    };
    const after = async <T>(work: Promise<T>): Promise<T> => work.finally(show);
    kept.add(commands.register('email.plan', (args) => planSetUp(programs, cards, args)));
    kept.add(commands.register('email.apply', (args, progress) => after(applySetUp(programs, cards, args, progress))));
    kept.add(commands.register('email.check', (args) => checkSetUp(programs, cards, args)));
    kept.add(commands.register('email.undo', () => after(undoSetUp(programs))));
    const watch = cards.readers.subscribe(show);
    kept.add({ dispose: () => watch.unsubscribe() });
    return kept;
  },
});

export default new ContainerModule((container) => {
  provide(container, Contribution, [Cards, Commands, Panels, Programs, Log], email);
});
