import {
  Cards,
  type CommandHandler,
  Commands,
  Contribution,
  DisposableStore,
  Documents,
  Log,
  Net,
  Panels,
  provide,
  Settings,
  Signing,
  Trust,
} from '@sigill/core';
import { ContainerModule } from 'inversify';
import { answered } from './commands/answered.js';
import { followPanel } from './commands/follow-panel.js';
import { signDocuments } from './commands/sign-documents.js';
import type { Work } from './commands/work.js';

const pdfSign = (commands: Commands, panels: Panels, log: Log, work: Work): Contribution => ({
  id: 'pdf-sign',
  start() {
    const kept = new DisposableStore();
    const register = (id: string, handler: CommandHandler) => kept.add(commands.register(id, answered(handler)));
    register('pdf-sign.sign', (...given) => signDocuments(work, ...given));
    register('pdf-sign.examine', (...given) => signDocuments(work, ...given, true));
    // What it is started for less often is loaded when it is asked for.
    register('pdf-sign.verify', async (...given) =>
      (await import('./commands/verify-documents.js')).verifyDocuments(work, given[0], given[1]),
    );
    register('pdf-sign.extend', async (...given) =>
      (await import('./commands/extend-documents.js')).extendDocuments(work, ...given),
    );
    register('pdf-sign.locked', async (args) =>
      (await import('./commands/locked-documents.js')).lockedDocuments(work, args),
    );
    kept.add(followPanel(panels, work.cards, log));
    return kept;
  },
});

export default new ContainerModule((container) => {
  provide(
    container,
    Contribution,
    [Commands, Panels, Log, Cards, Documents, Net, Settings, Signing, Trust],
    (commands, panels, log, cards, documents, net, settings, signing, trust) =>
      pdfSign(commands, panels, log, { cards, documents, net, settings, signing, trust }),
  );
});
