import {
  Cards,
  Commands,
  Contribution,
  Decrypting,
  DisposableStore,
  Documents,
  Log,
  Panels,
  Programs,
  provide,
  Signing,
  Trust,
} from '@sigill/core';
import { ContainerModule } from 'inversify';
import { applySetUp } from './set-up/apply.js';
import { checkSetUp } from './set-up/check.js';
import { SetUpPanel } from './set-up/panel.js';
import { planSetUp } from './set-up/plan.js';
import { undoSetUp } from './set-up/undo.js';
import type { MailWork } from './smime/commands/work.js';

const email = (commands: Commands, panels: Panels, programs: Programs, log: Log, work: MailWork): Contribution => ({
  id: 'email',
  start() {
    const { cards } = work;
    const kept = new DisposableStore();
    const panel = new SetUpPanel(panels, programs, cards, log);
    kept.add(commands.register('email.plan', (args) => planSetUp(programs, cards, args)));
    kept.add(
      commands.register('email.apply', (args, progress) =>
        panel.told('apply', args, applySetUp(programs, cards, args, progress)),
      ),
    );
    kept.add(
      commands.register('email.check', (args, progress) =>
        panel.told('check', args, checkSetUp(programs, cards, args, progress)),
      ),
    );
    kept.add(commands.register('email.undo', (args) => panel.told('undo', args, undoSetUp(programs, args))));
    // Each is loaded when it is asked for: the set-up needs nothing of them.
    kept.add(
      commands.register('email.sign-message', async (args) =>
        (await import('./smime/commands/sign-message.js')).signMessage(work, args),
      ),
    );
    kept.add(
      commands.register('email.encrypt-message', async (args) =>
        (await import('./smime/commands/encrypt-message.js')).encryptMessage(work, args),
      ),
    );
    kept.add(
      commands.register('email.decrypt-message', async (args) =>
        (await import('./smime/commands/decrypt-message.js')).decryptMessage(work, args),
      ),
    );
    kept.add(
      commands.register('email.verify-message', async (args) =>
        (await import('./smime/commands/verify-message.js')).verifyMessage(work, args),
      ),
    );
    kept.add(
      commands.register('email.on-messages', async (args) =>
        (await import('./smime/commands/on-messages.js')).onMessages(work, args),
      ),
    );
    const watch = cards.readers.subscribe(() => panel.show());
    kept.add({ dispose: () => watch.unsubscribe() });
    return kept;
  },
});

export default new ContainerModule((container) => {
  provide(
    container,
    Contribution,
    [Cards, Commands, Decrypting, Documents, Log, Panels, Programs, Signing, Trust],
    (cards, commands, decrypting, documents, log, panels, programs, signing, trust) =>
      email(commands, panels, programs, log, { cards, decrypting, documents, signing, trust }),
  );
});
