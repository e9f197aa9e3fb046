import { join } from 'node:path';
import { DisposableStore } from '@sigill/core';
import { map } from 'rxjs';
import type { Activity } from '../desk/activity.js';
import { deskWords } from '../desk/desk-texts.js';
import { openNotifications } from '../notify/open-notifications.js';
import { ToldToday } from '../notify/told-today.js';
import { servePkcs11 } from '../pkcs11/serve-pkcs11.js';
import { SettingsFile } from '../settings/settings-file.js';
import { openTray } from '../tray/open-tray.js';
import { Notices } from './notices.js';
import { logged, Resident, type ResidentNeeds } from './resident.js';
import { showTray } from './show-tray.js';

export interface ServeNeeds extends ResidentNeeds {
  /** Shows no window until somebody asks for it. */
  readonly background: boolean;
  /** Absolute paths of documents to begin with. */
  readonly documents?: readonly string[] | undefined;
  readonly io: { readonly environment: NodeJS.ProcessEnv; readonly platform: string };
  readonly paths: { readonly runtime: string; readonly state: string };
}

/** Starts everything that a person meets, calls `ready`, and ends it all when `signal` aborts. */
export async function serveResident(needs: ServeNeeds, signal: AbortSignal, ready: () => void): Promise<void> {
  const { host, desk, headless, background, documents, io, paths, quit } = needs;
  const kept = new DisposableStore();
  kept.add(desk);
  try {
    disableChosen(needs);
    const notices = headless ? undefined : kept.add(openNotices(needs));
    const ended = notices && ((activity: Activity) => notices.ended(activity));
    const resident = kept.add(await Resident.start({ ...needs, ...(ended && { ended }) }));
    notices?.follow((place) => resident.open(place));
    const programs = kept.add(
      servePkcs11({
        host,
        ...io,
        runtime: paths.runtime,
        wanted: desk.state.pipe(map(({ chosen }) => chosen.pkcs11 !== false)),
        version: desk.needs.about.version,
        unnamed: () => deskWords(desk.language).texts.text('pkcs11.unnamed'),
      }),
    );
    if (!headless) {
      const folder = join(paths.runtime, 'tray');
      const tray = openTray({ ...io, processor: process.arch, folder });
      // A desktop without a bus or a panel must not keep the window waiting.
      tray.then((opened) => kept.add(showTray({ tray: opened, desk, resident, quit })), logged(host, 'tray'));
    }
    host.plugins.start();
    if (documents !== undefined) await resident.documents(documents).catch(logged(host, 'documents'));
    else if (!headless && !background) resident.open();
    // Who is told that it runs may start a program at once.
    await programs.settled();
    ready();
    await aborted(signal);
  } finally {
    kept.dispose();
  }
}

function openNotices({ desk, io, paths }: ServeNeeds): Notices {
  const told = new ToldToday(new SettingsFile(join(paths.state, 'told-today.json')));
  return new Notices({ desk, notifications: openNotifications(io.environment, io.platform), told });
}

/** What the person disabled earlier stays disabled. */
function disableChosen({ host, desk }: ServeNeeds): void {
  const known = new Set(host.plugins.list().flatMap(({ name, state }) => (state === 'stopped' ? [name] : [])));
  for (const [name, { disabled }] of Object.entries(desk.chosen.plugins))
    if (disabled === true && known.has(name)) host.plugins.disable(name).catch(logged(host, name));
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
