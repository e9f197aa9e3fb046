import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandArguments, Failure, type Log, type Reader } from '@sigill/core';
import { BehaviorSubject, of, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostDesk } from '../desk/host-desk.js';
import { PluginLogs } from '../desk/plugin-logs.js';
import type { Host } from '../host.js';
import { Settings } from '../settings/settings.js';
import { SettingsFile } from '../settings/settings-file.js';
import { choiceId } from '../tray/choice.js';
import type { Tray, TrayView } from '../tray/tray.js';
import { askResident } from './ask-resident.js';
import { Resident } from './resident.js';
import { showTray } from './show-tray.js';
import { socketPlace, type SocketPlace } from './socket-place.js';

const reader = (id: string): Reader => ({
  name: 'R',
  state: 'not-activated',
  card: { id, reader: 'R', profile: 'p', label: 'Card', atr: '3b', pins: [], certificates: [], notes: [] },
});
const about = { version: '1', api: '1', node: '20', system: 'L', simulated: false, log: '', settings: '', plugins: [] };
const silent = (): void => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

let folder: string;
let place: SocketPlace;
let offers: Subject<{ plugin: string; command: string; args: CommandArguments }>;
let run: (failure?: Failure) => void;
let settings: Settings;
let desk: HostDesk;
let resident: Resident;
let opened: string[];
let quits: number;
let host: Host;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-resident-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  place = socketPlace(join(folder, 'run'), 'linux');
  offers = new Subject();
  opened = [];
  quits = 0;
  const commands = ['pin.verify', 'pdf-sign.sign', 'pdf-sign.verify'].map((id) => ({ id, title: `title of ${id}` }));
  const owner = { manifest: { name: 'pin', title: 'Codes', contributes: { commands } } };
  host = {
    log,
    pcsc: { service: of({ available: true, readers: [] }) },
    cards: { readers: new BehaviorSubject([reader('card-1')]) },
    plugins: {
      offers,
      changes: new Subject(),
      list: () => [{ name: 'pin', state: 'stopped', plugin: owner }],
      panel: () => [],
      commandOwner: () => owner,
      run: () =>
        new Promise((resolve, reject) => {
          run = (failure) => (failure ? reject(failure) : resolve({ messages: [] }));
        }),
    },
    now: () => new Date(),
  } as unknown as Host;
  settings = new Settings(new SettingsFile(join(folder, 'settings.json')));
  const needs = { host, settings, about, logs: new PluginLogs([]), language: 'en', asking: of(undefined) } as const;
  desk = new HostDesk({ ...needs, autostart: silent });
  const opener = { open: (address: string) => void opened.push(address) };
  const quit = (): void => void (quits += 1);
  resident = await Resident.start({ host, desk, opener, place, headless: false, page: folder, quit });
});
afterEach(() => {
  resident.dispose();
  desk.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const offer = (card: string): void => offers.next({ plugin: 'a', command: 'activation.activate', args: { card } });
const wish = (): string | undefined => {
  let found: string | undefined;
  desk.view.subscribe((view) => (found = view.wish?.place)).unsubscribe();
  return found;
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the window opens by itself', () => {
  it('at a card that is to be activated, at that card, and once', async () => {
    offer('card-1');
    offer('card-1');
    await turn();
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect(wish()).toBe('activation:R');
  });

  it('not when there is one: that one goes there', async () => {
    const window = desk.view.subscribe();
    offer('card-1');
    await turn();
    expect(opened).toEqual([]);
    expect(wish()).toBe('activation:R');
    window.unsubscribe();
  });

  it('not when the person does not want it, nor for a card that is gone', async () => {
    offer('card-2');
    settings.choose({ openByItself: false });
    offer('card-1');
    await turn();
    expect(opened).toEqual([]);
    expect(wish()).toBeUndefined();
  });

  it.each([
    ['has ended', undefined, 1],
    ['has failed', new Failure('pin-wrong', { pin: 'PIN1', triesLeft: 4 }), 1],
    ['was cancelled, which needs not be told', new Failure('cancelled', {}), 0],
  ] as const)('when something that was started elsewhere %s', async (_, failure, windows) => {
    await desk.request({ kind: 'run', command: 'pin.verify', args: { card: 'card-1' } });
    run(failure);
    await turn();
    expect(opened).toHaveLength(windows);
  });
});

describe('another start of the program', () => {
  it('opens a window, and each time another', async () => {
    await askResident(place.socket, { kind: 'open' });
    await askResident(place.socket, { kind: 'open' });
    expect(new Set(opened).size).toBe(2);
  });

  it('cannot take a real card out', async () => {
    const simulate = { kind: 'simulate', action: 'remove', reader: '' } as const;
    await expect(askResident(place.socket, simulate)).rejects.toMatchObject({ code: 'call-invalid' });
  });

  it('is told how the host is doing', async () => {
    const { status } = await askResident(place.socket, { kind: 'status' });
    expect(status).toMatchObject({
      pid: process.pid,
      simulated: false,
      readers: [{ name: 'R', state: 'not-activated' }],
    });
  });
});

describe('a tray', () => {
  const chosen = new Subject<string>();
  const missed = new Subject<string>();
  const activated = new Subject<void>();
  let views: TrayView[];
  let disposed: boolean;
  const tray = (): Tray => ({
    presence: new BehaviorSubject<'waiting' | 'shown'>('shown'),
    activated,
    chosen,
    missed,
    show: (view) => void views.push(view),
    dispose: () => void (disposed = true),
  });
  beforeEach(() => {
    views = [];
    disposed = false;
    const shown = showTray({ tray: tray(), desk, resident, quit: () => (quits += 1) });
    return () => shown.dispose();
  });

  it('shows what is, in the language of now', async () => {
    await turn();
    expect(views.at(-1)).toMatchObject({ icon: 'activation' });
    chosen.next(choiceId({ kind: 'language', language: 'sv' }));
    await turn();
    expect(JSON.stringify(views.at(-1)?.menu)).toContain('Avsluta');
  });

  it('offers nothing that means nothing without a document', async () => {
    await turn();
    const menu = JSON.stringify(views.at(-1)?.menu);
    expect(menu).toContain('Sign PDF document');
    expect(menu).not.toContain('title of pdf-sign');
  });

  it('opens the window at a click, runs what is chosen, and ends the program', async () => {
    activated.next();
    expect(opened).toHaveLength(1);
    chosen.next(choiceId({ kind: 'show', place: 'devices' }));
    await turn();
    expect([opened.length, wish()]).toEqual([2, 'devices']);
    chosen.next(choiceId({ kind: 'run', command: 'pin.verify', args: { card: 'card-1', pin: 'PIN1' } }));
    await turn();
    expect(desk.activities.all).toMatchObject([{ command: 'pin.verify', args: { card: 'card-1', pin: 'PIN1' } }]);
    chosen.next(choiceId({ kind: 'quit' }));
    chosen.next('rubbish');
    expect(quits).toBe(1);
    expect(disposed).toBe(false);
  });
});
