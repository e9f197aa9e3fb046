import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandArguments,
  type CommandResult,
  Failure,
  type PanelElement,
  type ProgressStep,
  type Reader,
} from '@sigill/core';
import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../host.js';
import { Settings } from '../settings/settings.js';
import { SettingsFile } from '../settings/settings-file.js';
import type { WindowView } from '../window/view.js';
import type { Asking } from './asking.js';
import { HostDesk } from './host-desk.js';
import { PluginLogs } from './plugin-logs.js';

const reader = (state: Reader['state'] = 'ready', id = 'card-1'): Reader => ({
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

let folder: string;
let desk: HostDesk;
let readers: BehaviorSubject<readonly Reader[]>;
let asking: BehaviorSubject<Asking | undefined>;
let settings: Settings;
let panel: readonly PanelElement[];
let disabled: boolean;
let autostart: boolean[];
let runs: {
  readonly id: string;
  readonly args: CommandArguments;
  readonly signal: AbortSignal;
  readonly tell: (step: ProgressStep) => void;
  readonly end: (result: CommandResult) => void;
}[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-desk-'));
  readers = new BehaviorSubject<readonly Reader[]>([reader()]);
  asking = new BehaviorSubject<Asking | undefined>(undefined);
  settings = new Settings(new SettingsFile(join(folder, 'settings.json')));
  panel = [];
  disabled = false;
  autostart = [];
  runs = [];
  const changes = new Subject<void>();
  const found = { manifest, texts: { en: { done: 'Done it.' }, sv: { done: 'Gjort.' }, fi: { done: 'Tehty.' } } };
  const host = {
    pcsc: { service: new BehaviorSubject({ available: true, readers: [] }) },
    cards: { readers, details: async () => ({ caCertificates: [], keys: [], notes: ['read'] }) },
    plugins: {
      changes,
      offers: new Subject(),
      list: () => [
        { name: 'pin', origin: 'bundled', folder: '/', state: disabled ? 'disabled' : 'stopped', plugin: found },
      ],
      panel: () => panel,
      commandOwner: (id: string) => (id === 'pin.change' ? found : undefined),
      run: (id: string, args: CommandArguments, signal: AbortSignal, tell: (step: ProgressStep) => void) =>
        new Promise<CommandResult>((resolve, reject) => {
          runs.push({ id, args, signal, tell, end: resolve });
          signal.addEventListener('abort', () => reject(new Failure('cancelled', {})));
        }),
      disable: async () => {
        disabled = true;
        changes.next();
      },
      enable: () => {
        disabled = false;
        changes.next();
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
  desk = new HostDesk({
    host,
    settings,
    logs: new PluginLogs([]),
    language: 'en',
    about,
    asking,
    autostart: (wanted) => void autostart.push(wanted),
  });
  desk.start();
});
afterEach(() => {
  desk.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** The first view from now on of which this is true. */
const view = (is: (view: WindowView) => boolean = () => true): Promise<WindowView> =>
  firstValueFrom(desk.view.pipe(filter(is)));
const change = (args: Record<string, string> = { card: 'card-1', pin: 'PIN1' }) =>
  desk.request({ kind: 'run', command: 'pin.change', args });
const state = (wanted: string) => (view: WindowView) => view.activities[0]?.state === wanted;

describe('a command that a person starts', () => {
  it('is followed from its start to its end, and kept until it is dismissed', async () => {
    await change();
    expect((await view(state('running'))).activities[0]).toMatchObject({ title: 'Change', reader: 'R' });
    runs[0]?.tell({ value: 0.5 });
    await view(({ activities }) => activities[0]?.progress === 0.5);
    runs[0]?.end({ messages: [{ key: 'done' }] });
    const { id = '', lines } = (await view(state('done'))).activities[0] ?? {};
    expect(lines).toEqual(['Done it.']);
    await desk.request({ kind: 'dismiss', activity: id });
    expect((await view()).activities).toEqual([]);
  });

  it('waits while its code is asked for, and only the one that asks', async () => {
    await change();
    await change({ card: 'card-2', pin: 'PIN1' });
    asking.next({ reader: 'R', requester: 'Codes (pin)', address: 'http://127.0.0.1:9/' });
    const { activities } = await view(state('waiting'));
    expect(activities.map(({ state, pinPage }) => [state, pinPage])).toEqual([
      ['waiting', 'http://127.0.0.1:9/'],
      ['running', undefined],
    ]);
    asking.next(undefined);
    expect((await view(state('running'))).activities[0]).not.toHaveProperty('pinPage');
  });

  it('is cancelled, and says that nothing was lost', async () => {
    await change();
    await desk.request({ kind: 'cancel', activity: (await view(state('running'))).activities[0]?.id ?? '' });
    expect((await view(state('failed'))).activities[0]?.lines).toEqual(['Cancelled. No try was spent.']);
  });

  it('that runs already is not started twice', async () => {
    await change();
    await change({ pin: 'PIN1', card: 'card-1' });
    expect(runs).toHaveLength(1);
  });

  it('that no plugin has is refused', async () => {
    for (const command of ['pin.nothing', 'host.quit', 'constructor', ''])
      await expect(desk.request({ kind: 'run', command, args: {} })).rejects.toMatchObject({ code: 'command-unknown' });
    expect(runs).toEqual([]);
  });

  it('does not run a thousand times at once, and what has ended does not pile up', async () => {
    const wanted = Array.from({ length: 40 }, (_, at) =>
      change({ card: `card-${at}` }).catch((error: unknown) => error),
    );
    const refused = (await Promise.all(wanted)).filter((error) => error !== undefined);
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ code: 'call-invalid' });
    for (const { end } of runs) end({ messages: [] });
    expect((await view(({ activities }) => activities.every(({ state }) => state === 'done'))).activities).toHaveLength(
      20,
    );
  });
});

describe('a form of a panel', () => {
  const submit = { command: 'pin.change', args: { from: 'form' }, label: 'Go' };
  const form: PanelElement = {
    kind: 'form',
    id: 'f',
    fields: [
      { key: 'why', label: 'Why', type: 'text', default: '' },
      { key: 'count', label: 'Count', type: 'number', default: 1, min: 1, max: 99_999 },
      {
        key: 'kind',
        label: 'Kind',
        type: 'choice',
        default: 'a',
        choices: [
          { value: 'a', label: 'A' },
          { value: '2580', label: 'B' },
        ],
      },
    ],
    submit,
  };
  const send = (values: Record<string, string | number | boolean>, id = 'f') =>
    desk.request({ kind: 'submit', panel: 'pin.panel', form: id, values });
  beforeEach(() => {
    panel = [form];
  });

  it('gives its command what was typed', async () => {
    await send({ why: 'a contract of 2026', count: 3 });
    expect(runs[0]?.args).toEqual({ from: 'form', why: 'a contract of 2026', count: 3, kind: 'a' });
  });

  it.each(['1234', '12345678', ' 1 2 3 4 ', '12-34-56', '１２３４'])(
    'never gives it what looks like a code: %j',
    async (why) => {
      await expect(send({ why })).rejects.toMatchObject({ code: 'value-like-code', facts: { label: 'Why' } });
      expect(runs).toEqual([]);
    },
  );

  it('nor as a number', async () => {
    await expect(send({ count: 2_580 })).rejects.toMatchObject({ code: 'value-like-code' });
  });

  it.each<[string, Record<string, string | number | boolean>, string]>([
    ['a field that it does not have', { pin: 'x' }, 'setting-unknown'],
    ['a value of another type', { why: 3 }, 'setting-invalid'],
    ['a number beyond its bounds', { count: 100_000 }, 'setting-invalid'],
    ['a choice that there is not', { kind: 'c' }, 'setting-invalid'],
    ['a text without end', { why: 'x'.repeat(1_001) }, 'setting-invalid'],
  ])('refuses %s', async (_, values, code) => {
    await expect(send(values)).rejects.toMatchObject({ code });
    expect(runs).toEqual([]);
  });

  it('that is not shown any more is refused', async () => {
    await expect(send({}, 'g')).rejects.toMatchObject({ code: 'panel-unknown' });
  });
});

describe('settings', () => {
  const set = (owner: string, key: string, value: string | number | boolean) =>
    desk.request({ kind: 'setting', owner, key, value });

  it('of the host and of plugins are kept, and shown at once', async () => {
    await set('sigill', 'autostart', true);
    await set('pin', 'place', 'Turku');
    await set('pin', 'pages', 53_952);
    const shown = (await view()).settings.map(({ fields }) => fields.map(({ value }) => value));
    expect(shown).toEqual([
      ['en', true, true, true, ''],
      ['Turku', 53_952],
    ]);
    expect(autostart).toEqual([true]);
  });

  it.each<[string, string, string | number | boolean, string]>([
    ['sigill', 'colour', 'red', 'setting-unknown'],
    ['sigill', 'plugins', true, 'setting-unknown'],
    ['sigill', 'autostart', 'yes', 'setting-invalid'],
    ['sigill', 'journal', 'no', 'setting-invalid'],
    ['sigill', 'trustFile', 'roots.pem', 'setting-invalid'],
    ['sigill', 'language', 'de', 'setting-invalid'],
    ['pin', '__proto__', 'x', 'setting-unknown'],
    ['pin', 'pages', 0, 'setting-invalid'],
    ['pin', 'place', '2580', 'value-like-code'],
    ['other', 'place', 'x', 'plugin-unknown'],
  ])('%s %s cannot be %j', async (owner, key, value, code) => {
    await expect(set(owner, key, value)).rejects.toMatchObject({ code });
    expect(settings.now).toEqual({ plugins: {} });
  });

  it('a plugin that is disabled stays so', async () => {
    await desk.request({ kind: 'run', command: 'host.plugin.disable', args: { plugin: 'pin' } });
    expect((await view()).plugins[0]?.state).toBe('disabled');
    expect(settings.now.plugins['pin']?.disabled).toBe(true);
    await desk.request({ kind: 'run', command: 'host.plugin.enable', args: { plugin: 'pin' } });
    expect(settings.now.plugins['pin']?.disabled).toBeUndefined();
  });
});

it('what cannot be is told without sending anybody to the command line', () => {
  const failure = { code: 'plugin-unknown', facts: { plugin: 'x' } } as const;
  expect(desk.say(failure)).toBe('There is no plugin called x.');
});

describe('the view', () => {
  it('changes its language for everything at once, what plugins told before too', async () => {
    await change();
    runs[0]?.end({ messages: [{ key: 'done' }] });
    await view(state('done'));
    await desk.request({ kind: 'language', language: 'sv' });
    const swedish = await view(({ language }) => language === 'sv');
    expect(swedish.readers[0]?.state).toBe('kortet är klart att användas');
    expect(swedish.activities[0]).toMatchObject({ title: 'Byt', lines: ['Gjort.'] });
    expect(swedish.words['page.devices']).toBe('Enheter');
  });

  it('is made once for many changes in one turn, and before the next one', async () => {
    let views = 0;
    const watching = desk.view.subscribe(() => (views += 1));
    await view();
    views = 0;
    for (let at = 0; at < 100; at++) readers.next([reader('ready', `card-${at}`)]);
    await Promise.resolve();
    await Promise.resolve();
    expect(views).toBe(1);
    watching.unsubscribe();
  });

  it('is not made while nobody looks', async () => {
    expect(desk.watched).toBe(false);
    const watching = desk.view.subscribe();
    expect(desk.watched).toBe(true);
    watching.unsubscribe();
    expect(desk.watched).toBe(false);
  });

  it('has what was read of a card for as long as that card is in', async () => {
    await desk.request({ kind: 'details', card: 'card-1' });
    expect((await view()).readers[0]?.card).toMatchObject({ keys: [], notes: ['read'] });
    readers.next([reader('ready', 'card-2')]);
    expect((await view((now) => now.readers[0]?.card?.id === 'card-2')).readers[0]?.card).not.toHaveProperty('keys');
  });

  it('asks the window to go somewhere, each time anew', async () => {
    desk.wish('activation:R');
    desk.wish('activation:R');
    expect((await view(({ wish }) => wish !== undefined)).wish).toEqual({ number: 2, place: 'activation:R' });
  });
});
