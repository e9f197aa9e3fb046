import { type Disposable, DisposableStore } from '@sigill/core';
import type { DeskState } from '../desk/desk-state.js';
import type { HostDesk } from '../desk/host-desk.js';
import { parseChoice } from '../tray/choice.js';
import { trayView } from '../tray/menu.js';
import type { Tray } from '../tray/tray.js';
import { trayMissing } from '../tray/tray-missing.js';
import { trayTexts } from '../tray/tray-texts.js';
import { logged, type Resident } from './resident.js';

export interface TrayNeeds {
  readonly tray: Tray;
  readonly desk: HostDesk;
  readonly resident: Resident;
  quit(): void;
}

/** Lets a tray show the desk's state, and carries out what is chosen in it. */
export function showTray({ tray, desk, resident, quit }: TrayNeeds): Disposable {
  const kept = new DisposableStore();
  const follow = (subscription: { unsubscribe(): void }): void =>
    void kept.add({ dispose: () => subscription.unsubscribe() });
  follow(desk.state.subscribe((state) => tray.show(trayView(trayState(state), trayTexts(state.language)))));
  follow(tray.activated.subscribe(() => resident.open()));
  follow(
    tray.chosen.subscribe((id) => {
      const choice = parseChoice(id);
      if (choice?.kind === 'quit') quit();
      if (choice?.kind === 'show') resident.open(choice.place);
      if (choice?.kind === 'documents') resident.choose().catch(logged(desk.needs.host, 'tray: documents'));
      if (choice?.kind === 'run' || choice?.kind === 'language')
        desk.request(choice).catch(logged(desk.needs.host, `tray: ${choice.kind}`));
    }),
  );
  follow(tray.missed.subscribe((what) => desk.needs.host.log.info(`tray: not offered any more: ${what}`)));
  follow(
    trayMissing(tray).subscribe(() => {
      if (desk.chosen.trayTold === true) return;
      desk.tell({ key: 'tray.missing.title' }, { key: 'tray.missing' });
      desk.needs.settings.choose({ trayTold: true }).catch(logged(desk.needs.host, 'tray: told'));
    }),
  );
  kept.add(tray);
  return kept;
}

/** Commands with places of their own in the tray's menu. */
const placed = /^(?:(?:pin|activation)\.|pdf-sign\.sign$)/;

function trayState({ readers, serviceAbsent, plugins, now }: DeskState) {
  const able = plugins.flatMap(({ plugin, state }) =>
    plugin === undefined || state === 'disabled' || state === 'failed' ? [] : [plugin.manifest.contributes],
  );
  const commands = able.flatMap(({ commands: all = [], menu = [] }) =>
    all.filter(({ id }) => placed.test(id) || menu.includes(id)),
  );
  const panels = able.flatMap(({ panels: all = [], menu = [] }) => all.filter(({ id }) => menu.includes(id)));
  return { readers, serviceAbsent: serviceAbsent !== undefined, commands, panels, now };
}
