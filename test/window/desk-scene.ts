import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandArguments,
  type CommandResult,
  Failure,
  type FailureData,
  type PanelElement,
  type ProgressStep,
  type Reader,
} from '@sigill/core';
import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs';
import { afterEach } from 'vitest';
import type { Asking } from '../../host/desk/asking.js';
import { HostDesk } from '../../host/desk/host-desk.js';
import { PluginLogs } from '../../host/desk/plugin-logs.js';
import type { Host } from '../../host/host.js';
import { Settings } from '../../host/settings/settings.js';
import { SettingsFile } from '../../host/settings/settings-file.js';
import type { WindowView } from '../../host/window/view/window-view.js';

/** A command that was started, and how its plugin goes on with it. */
export interface Run {
  readonly id: string;
  readonly args: CommandArguments;
  readonly signal: AbortSignal;
  readonly tell: (step: ProgressStep) => void;
  readonly end: (result: CommandResult) => void;
}

/** A desk over a host whose readers, plugin and questions are in the test's hands. */
export interface DeskScene {
  readonly desk: HostDesk;
  readonly readers: BehaviorSubject<readonly Reader[]>;
  readonly asking: BehaviorSubject<Asking | undefined>;
  readonly settings: Settings;
  /** Tells what the plugin is doing, and what its panel shows. */
  readonly plugin: (state: string, failure?: FailureData, panel?: readonly PanelElement[]) => void;
  /** What was wanted of the plugin and of the session. */
  readonly wanted: (string | boolean)[];
  /** The menus of file managers change by other hands. */
  readonly menu: (there: boolean) => void;
  readonly runs: Run[];
  /** The first view from now on of which this is true. */
  readonly view: (is?: (view: WindowView) => boolean) => Promise<WindowView>;
}

/** The reader `R` with a card in it. */
export const reader = (state: Reader['state'] = 'ready', id = 'card-1'): Reader => ({
  name: 'R',
  state,
  card: { id, reader: 'R', profile: 'p', label: 'Card', atr: '3b', pins: [], certificates: [], notes: [] },
});

const manifest = {
  name: 'pin',
  version: '1.0.0',
  title: 'Codes',
  permissions: [],
  contributes: {
    commands: [{ id: 'pin.change', title: { en: 'Change', sv: 'Byt', fi: 'Vaihda' } }],
    panels: [{ id: 'pin.panel', title: 'Panel' }],
    settings: [
      { key: 'place', title: 'Place', type: 'text', default: '' },
      { key: 'pages', title: 'Pages', type: 'number', default: 1, min: 1, max: 65_535 },
    ],
  },
};

const given: (() => void)[] = [];

afterEach(() => {
  for (const giveBack of given.splice(0)) giveBack();
});

export function deskScene(): DeskScene {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-desk-'));
  const readers = new BehaviorSubject<readonly Reader[]>([reader()]);
  const asking = new BehaviorSubject<Asking | undefined>(undefined);
  const settings = new Settings(new SettingsFile(join(folder, 'settings.json')));
  const wanted: (string | boolean)[] = [];
  let menu = false;
  const runs: Run[] = [];
  const changes = new Subject<void>();
  let panel: readonly PanelElement[] = [];
  let now: { readonly state: string; readonly failure?: FailureData } = { state: 'stopped' };
  const be = (state: string, failure?: FailureData): void => {
    now = { state, ...(failure === undefined ? {} : { failure }) };
    changes.next();
  };
  const found = { manifest, texts: { en: { done: 'Done it.' }, sv: { done: 'Gjort.' }, fi: { done: 'Tehty.' } } };
  const host = {
    pcsc: { service: new BehaviorSubject({ available: true, readers: [] }) },
    cards: { readers, details: async () => ({ caCertificates: [], keys: [], notes: ['read'] }) },
    plugins: {
      changes,
      offers: new Subject(),
      list: () => [{ name: 'pin', origin: 'bundled', folder: '/', plugin: found, ...now }],
      panel: () => panel,
      openPanel: (id: string) => wanted.push(`open ${id}`),
      commandOwner: (id: string) => (id === 'pin.change' ? found : undefined),
      run: (id: string, args: CommandArguments, signal: AbortSignal, tell: (step: ProgressStep) => void) =>
        new Promise<CommandResult>((resolve, reject) => {
          runs.push({ id, args, signal, tell, end: resolve });
          signal.addEventListener('abort', () => reject(new Failure('cancelled', {})));
        }),
      disable: async () => be('disabled'),
      enable: (name: string) => {
        wanted.push(`enable ${name}`);
        be('stopped');
      },
    },
    now: () => new Date('2026-11-21T12:00:00Z'),
  } as unknown as Host;
  const about = {
    version: '1',
    api: '1',
    node: '20',
    system: 'L',
    simulated: true,
    log: '/l',
    settings: '/s',
    plugins: [],
  };
  const desk = new HostDesk({
    host,
    settings,
    logs: new PluginLogs([]),
    language: 'en',
    about,
    asking,
    autostart: (now) => void wanted.push(now),
    fileMenu: { is: () => menu, want: (now) => void wanted.push(`menu ${(menu = now)}`) },
  });
  desk.start();
  given.push(() => {
    desk.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    desk,
    readers,
    asking,
    settings,
    wanted,
    menu: (there) => void (menu = there),
    runs,
    plugin(state, failure, elements = panel) {
      panel = elements;
      be(state, failure);
    },
    view: (is = () => true) => firstValueFrom(desk.view.pipe(filter(is))),
  };
}
