import { busAddress } from '../tray/dbus/bus-address.js';
import { connectBus } from '../tray/dbus/bus.js';
import { loadDbus } from '../tray/dbus/dbus-package.js';
import { findProgram } from '../window/programs.js';
import type { FileChooser, FileQuestion } from './file-chooser.js';
import { PortalChooser } from './portal-chooser.js';
import { ProgramChooser } from './program-chooser.js';

/** The dialogs of this desktop, the best one first. None on a computer without a desktop: the window has a place for files of its own. */
export async function choosers(environment: NodeJS.ProcessEnv, platform: string): Promise<readonly FileChooser[]> {
  if (platform !== 'linux') return [];
  const found: FileChooser[] = [];
  const [dbus, address] = [await loadDbus(), busAddress(environment)];
  if (dbus !== undefined && address !== undefined) found.push(new PortalChooser(() => connectBus(dbus, address)));
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return found;
  const order = /kde/i.test(environment['XDG_CURRENT_DESKTOP'] ?? '') ? kdeFirst : gnomeFirst;
  for (const kind of order) {
    const program = findProgram([kind], environment);
    if (program !== undefined) found.push(new ProgramChooser(kind, program, environment));
  }
  return found;
}

/** Asks with the first dialog that can be shown; `undefined` when none can. */
export async function chooseFiles(
  dialogs: readonly FileChooser[],
  question: FileQuestion,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  for (const dialog of dialogs) {
    try {
      return await dialog.choose(question, signal);
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

const gnomeFirst = ['zenity', 'kdialog'] as const;
const kdeFirst = ['kdialog', 'zenity'] as const;
