import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileChooser } from '../../host/chooser/file-chooser.js';
import { chooseFiles, choosers } from '../../host/chooser/open-chooser.js';
import { PortalChooser } from '../../host/chooser/portal-chooser.js';
import { ProgramChooser } from '../../host/chooser/program-chooser.js';
import { output } from './tray/drawn-icons.js';
import { FileDialog } from './tray/file-dialog.js';
import { type PrivateBus, privateBus } from './tray/private-bus.js';
import { type Screen, startScreen } from './tray/screen.js';

const question = { title: 'Sign PDF document', kind: 'PDF documents', extensions: ['pdf'], many: true };

let folder: string;
let screen: Screen;
let seen: FileDialog;
let bus: PrivateBus;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-chooser-'));
  mkdirSync(output, { recursive: true });
  for (const name of ['offer å.pdf', 'order.pdf']) writeFileSync(join(folder, name), '%PDF-');
  screen = await startScreen('1280x800');
  seen = new FileDialog(screen, question.title);
  environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    DISPLAY: screen.display,
    XDG_CURRENT_DESKTOP: 'GNOME',
    GDK_BACKEND: 'x11',
  };
  bus = privateBus(environment);
  await bus.start();
  environment = { ...environment, DBUS_SESSION_BUS_ADDRESS: bus.address };
});
afterAll(async () => {
  await bus.dispose();
  await screen.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = [
  ['zenity', ProgramChooser],
  ['xdg-desktop-portal', PortalChooser],
] as const;

describe.each(kinds)('the dialog of %s', (name, kind) => {
  let dialog: FileChooser;
  beforeEach(async () => {
    const found = (await choosers(environment, 'linux')).find((one) => one instanceof kind);
    if (found === undefined) throw new Error(`${name} is not installed`);
    dialog = found;
  });

  it('gives the file that was chosen', async () => {
    const chosen = dialog.choose(question, new AbortController().signal);
    await seen.shown();
    screen.picture(join(output, `chooser-${name}.png`));
    await seen.choose(join(folder, 'order.pdf'));
    expect(await chosen).toEqual([join(folder, 'order.pdf')]);
  });

  it('gives nothing when the person does not choose', async () => {
    const chosen = dialog.choose(question, new AbortController().signal);
    await seen.shown();
    seen.cancel();
    expect(await chosen).toEqual([]);
  });

  it('goes when nobody waits for it any more', async () => {
    const ending = new AbortController();
    const chosen = dialog.choose(question, ending.signal);
    await seen.shown();
    ending.abort();
    expect(await chosen).toEqual([]);
    await seen.gone();
  });
});

describe('where there is no dialog', () => {
  it('that is told, so that the window can ask instead', async () => {
    const none = await choosers({ PATH: '/nowhere' }, 'linux');
    expect(await chooseFiles(none, question, new AbortController().signal)).toBeUndefined();
  });

  it('of the portal, the next one is asked', async () => {
    const lost = privateBus();
    await lost.start();
    const broken = { ...environment, DBUS_SESSION_BUS_ADDRESS: lost.address };
    const chosen = chooseFiles(await choosers(broken, 'linux'), question, new AbortController().signal);
    await seen.shown();
    seen.cancel();
    expect(await chosen).toEqual([]);
    await lost.dispose();
  });
});
