import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dbus from 'dbus-next';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { iconSizes } from '../../host/tray/icon-files.js';
import type { StatusNotifierTray } from '../../host/tray/status-notifier.js';
import type { Tray, TrayView } from '../../host/tray/tray.js';
import { drawnIcons, iconFolder } from './tray/drawn-icons.js';
import { monitorBus } from './tray/bus-monitor.js';
import { newItem } from './tray/new-item.js';
import { privateBus } from './tray/private-bus.js';
import { labelled, type Node, TestPanel } from './tray/test-panel.js';
import { everyIcon, readerWith, viewOf } from './tray/views.js';

const icons = drawnIcons();
const bus = privateBus();
const ready = viewOf([readerWith('ready')]);
let tray: StatusNotifierTray;
let panel: TestPanel;

beforeAll(() => bus.start());
afterAll(() => bus.dispose());
beforeEach(async () => {
  tray = await newTray();
  panel = new TestPanel(bus.address);
});
afterEach(() => {
  tray.dispose();
  panel.close();
});

const newTray = (): Promise<StatusNotifierTray> => newItem(bus.address, icons);

const presence = (wanted: 'waiting' | 'shown', of: Tray = tray): Promise<unknown> =>
  firstValueFrom(of.presence.pipe(filter((now) => now === wanted)));

/** Shows it in a panel. */
async function appear(view: TrayView): Promise<void> {
  tray.show(view);
  const shown = presence('shown');
  await panel.open();
  await shown;
}

/** Shows the next state, and waits for the signal that tells of it. */
async function change(view: TrayView, signal: string): Promise<readonly unknown[]> {
  const heard = panel.next(signal);
  tray.show(view);
  return await heard;
}

/** Resolves when the panel has a tooltip like this. */
const tooltip = (wanted: RegExp): Promise<unknown> =>
  panel.until(
    () => panel.tooltip(),
    ([, text]) => wanted.test(text),
  );

const drawn = ({ properties, children }: Node): unknown =>
  children.length === 0 ? (properties['label'] ?? properties['type']) : [properties['label'], ...children.map(drawn)];

describe('a panel', () => {
  it('gets an item with its properties, and descriptions of item and menu', async () => {
    await appear(ready);
    expect(await panel.properties('item')).toMatchObject({
      Id: 'sigill',
      Title: 'Sigill',
      Status: 'Active',
      Category: 'Hardware',
      IconName: '',
      ItemIsMenu: false,
      Menu: '/MenuBar',
    });
    expect(await panel.properties('menu')).toMatchObject({ Version: 3, Status: 'normal', TextDirection: 'ltr' });
    expect(await panel.introspect('item')).toContain('<interface name="org.kde.StatusNotifierItem">');
    expect(await panel.introspect('menu')).toContain('<method name="GetLayout"><arg type="i" direction="in"/>');
  });

  it('gets the icon of each of the nine states in all sizes', async () => {
    await appear({ ...ready, icon: 'expiring' });
    const seen = new Set<string>();
    for (const icon of everyIcon) {
      await change({ ...ready, icon }, 'NewIcon');
      const pixmaps = await panel.pixmaps();
      expect(pixmaps.map(([width, height]) => [width, height])).toEqual(iconSizes.map((size) => [size, size]));
      for (const [size, , argb] of pixmaps) {
        expect(Buffer.from(argb).equals(readFileSync(join(iconFolder, `${icon}-${size}.argb`))), icon).toBe(true);
      }
      seen.add(Buffer.from(pixmaps[0]?.[2] ?? []).toString('base64'));
    }
    expect(seen.size).toBe(everyIcon.length);
  });

  it('gets the tooltip as text, whatever a card calls itself', async () => {
    await appear({ ...ready, tooltip: 'Reader\n<b>Bank</b> & Co\nready' });
    expect(await panel.tooltip()).toEqual(['Sigill', 'Reader\n&lt;b&gt;Bank&lt;/b&gt; &amp; Co\nready']);
    await change({ ...ready, tooltip: 'no card' }, 'NewToolTip');
    expect(await panel.tooltip()).toEqual(['Sigill', 'no card']);
  });

  it('gets the menu, in whole, by level and by property', async () => {
    await appear(ready);
    const menu = await panel.layout();
    expect(menu.children.map(drawn)).toEqual([
      'Show devices',
      'Sign PDF document …',
      'separator',
      [
        'Gemalto PC Twin Reader: the card is ready',
        'Organisation card · Anna Virtanen',
        'separator',
        'Verify the basic code (PIN1) …',
        'Change the basic code (PIN1) …',
        'Unlock the basic code (PIN1) …',
        'separator',
        'Verify the signature code (PIN2) …',
        'Change the signature code (PIN2) …',
        'Unlock the signature code (PIN2) …',
      ],
      'separator',
      ['Language', 'English', 'Svenska', 'Suomi'],
      'Quit',
    ]);
    const english = labelled(menu, 'English');
    expect(english?.properties).toEqual({ label: 'English', 'toggle-type': 'radio', 'toggle-state': 1 });
    const oneLevel = await panel.layout(0, 1, ['type']);
    expect(oneLevel.children.every(({ children }) => children.length === 0)).toBe(true);
    expect(oneLevel.children[2]?.properties).toEqual({ type: 'separator' });
    expect(oneLevel.children[0]?.properties).toEqual({});
    const number = english?.number ?? 0;
    expect(await panel.ask('menu', 'GetGroupProperties', 'aias', [[number], ['label']])).toEqual([
      [[number, { label: expect.objectContaining({ value: 'English' }) as unknown }]],
    ]);
    expect(await panel.ask('menu', 'GetProperty', 'is', [number, 'toggle-state'])).toMatchObject([{ value: 1 }]);
    expect(await panel.ask('menu', 'AboutToShow', 'i', [0])).toEqual([false]);
  });

  it('passes clicks on: the icon’s and the items’', async () => {
    await appear(ready);
    const clicked = firstValueFrom(tray.activated);
    await panel.ask('item', 'Activate', 'ii', [10, 10]);
    await clicked;
    const chosen: string[] = [];
    tray.chosen.subscribe((id) => chosen.push(id));
    const menu = await panel.layout();
    for (const label of ['Show devices', 'Change the signature code (PIN2) …', 'Svenska', 'Quit']) {
      await panel.click(labelled(menu, label)?.number ?? -1);
    }
    const card = new URLSearchParams({ card: 'card of Gemalto PC Twin Reader 00 00', pin: 'PIN2' }).toString();
    expect(chosen).toEqual(['show:devices', `run:pin.change?${card}`, 'language:sv', 'quit']);
    const click = (number: number): unknown => [number, 'clicked', new dbus.Variant('i', 0), 0];
    const several = [labelled(menu, 'English')?.number ?? -1, 4711].map(click);
    expect(await panel.ask('menu', 'EventGroup', 'a(isvu)', [several])).toEqual([[4711]]);
    expect(chosen.at(-1)).toBe('language:en');
  });

  it('chooses nothing with what is disabled, no item, or no click', async () => {
    await appear(viewOf([readerWith('pin-locked')]));
    const chosen: string[] = [];
    tray.chosen.subscribe((id) => chosen.push(id));
    const menu = await panel.layout();
    const disabled = labelled(menu, 'Verify the basic code (PIN1) …');
    expect(disabled?.properties['enabled']).toBe(false);
    await panel.click(disabled?.number ?? -1);
    await panel.click(0);
    await expect(panel.click(4711)).rejects.toThrow('No item 4711');
    await expect(panel.ask('menu', 'Event', 's', ['quit'])).rejects.toThrow();
    await expect(panel.ask('menu', 'GetLayout', 'iias', [4711, -1, []])).rejects.toThrow('No item 4711');
    await expect(panel.ask('menu', '__proto__')).rejects.toThrow();
    await expect(panel.ask('item', 'Get', 'ss', ['org.kde.StatusNotifierItem', 'constructor'])).rejects.toThrow();
    expect(chosen).toEqual([]);
  });

  it('shows items that are added while it runs, and a click in a menu from before starts what it said or nothing', async () => {
    await appear(viewOf([]));
    const before = await panel.layout();
    const [, place] = await change(viewOf([readerWith('ready')], 'en', ['greet.wave']), 'LayoutUpdated');
    expect(place).toBe(0);
    const after = await panel.layout();
    expect(labelled(before, 'greet.wave')).toBeUndefined();
    const chosen = firstValueFrom(tray.chosen);
    await panel.click(labelled(after, 'greet.wave')?.number ?? -1);
    expect(await chosen).toBe('run:greet.wave');
    const verify = labelled(after, 'Verify the basic code (PIN1) …')?.number ?? -1;
    await change(viewOf([]), 'LayoutUpdated');
    const missed = firstValueFrom(tray.missed);
    await expect(panel.click(verify)).rejects.toThrow();
    expect(await missed).toMatch(/^run:pin\.verify\?card=.*PIN1$/);
    await change(viewOf([readerWith('ready')]), 'LayoutUpdated');
    const back = firstValueFrom(tray.chosen);
    await panel.click(verify);
    expect(await back).toMatch(/^run:pin\.verify\?card=.*PIN1$/);
  });
});

describe('the tray outlives', () => {
  it('a panel: it registers with the next one, and shows what is then', async () => {
    await appear(ready);
    const waiting = presence('waiting');
    panel.close();
    await waiting;
    tray.show(viewOf([readerWith('pin-locked')]));
    panel = new TestPanel(bus.address);
    await Promise.all([panel.open(), presence('shown')]);
    await tooltip(/a code is locked$/);
    expect((await panel.layout()).children[3]?.properties['label']).toBe('Gemalto PC Twin Reader: a code is locked');
  });

  it('the absence of a panel at its start', async () => {
    const monitor = await monitorBus(bus.address);
    tray.dispose();
    tray = await newTray();
    const absent = monitor.next(({ errorName }) => errorName === 'org.freedesktop.DBus.Error.NameHasNoOwner');
    tray.show(ready);
    await absent;
    monitor.close();
    expect(await firstValueFrom(tray.presence)).toBe('waiting');
    await appear(ready);
    expect(await panel.tooltip()).toEqual(['Sigill', ready.tooltip]);
  });

  it('a watcher that has no panel yet', async () => {
    const told: string[] = [];
    tray.presence.subscribe((now) => told.push(now));
    panel.close();
    panel = new TestPanel(bus.address, { host: false });
    tray.show(ready);
    await panel.open();
    expect(told).toEqual(['waiting']);
    const again = panel.arrival();
    panel.bringHost();
    await Promise.all([again, presence('shown')]);
  });

  it('the bus: when that is back, it is there again', async () => {
    await appear(ready);
    const waiting = presence('waiting');
    await bus.kill();
    await waiting;
    tray.show(viewOf([readerWith('not-activated')]));
    await bus.start();
    panel = new TestPanel(bus.address);
    await Promise.all([panel.open(), presence('shown')]);
    await tooltip(/the card needs activation$/);
  });

  it('a bus that is not there at its start', async () => {
    tray.dispose();
    await bus.kill();
    tray = await newTray();
    tray.show(ready);
    await bus.start();
    panel = new TestPanel(bus.address);
    await Promise.all([panel.open(), presence('shown')]);
  });
});

describe('only what has changed is told', () => {
  const heardAfter = async (view: TrayView, last: string): Promise<readonly string[]> => {
    const start = panel.heard.length;
    await change(view, last);
    await panel.settled();
    return panel.heard.slice(start).map(({ member }) => member);
  };

  it('from state to state: at most four signals, and none for a state that is shown already', async () => {
    await appear(ready);
    tray.show(ready);
    expect(await heardAfter({ ...ready, icon: 'reading' }, 'NewIcon')).toEqual(['NewIcon']);
    tray.show({ ...ready, icon: 'reading' });
    expect(await heardAfter({ ...ready, tooltip: 'x', icon: 'reading' }, 'NewToolTip')).toEqual(['NewToolTip']);
    const swedish = viewOf([readerWith('ready')], 'sv');
    expect(await heardAfter(swedish, 'ItemsPropertiesUpdated')).toEqual([
      'NewIcon',
      'NewToolTip',
      'ItemsPropertiesUpdated',
    ]);
    expect(await heardAfter(viewOf([readerWith('pin-locked')]), 'LayoutUpdated')).toEqual([
      'NewIcon',
      'NewToolTip',
      'ItemsPropertiesUpdated',
      'LayoutUpdated',
    ]);
  });

  it('a thousand states at once are two at most: the first and the last', async () => {
    await appear(ready);
    const last = viewOf([readerWith('pin-locked')]);
    const start = panel.heard.length;
    const heard = panel.next('LayoutUpdated');
    for (let turn = 0; turn < 1_000; turn++) tray.show({ ...ready, tooltip: `${turn}` });
    tray.show(last);
    await heard;
    await panel.settled();
    const members = panel.heard.slice(start).map(({ member }) => member);
    expect(members.filter((member) => member === 'NewToolTip').length).toBeLessThanOrEqual(2);
    expect(members.length).toBeLessThanOrEqual(5);
    expect(await panel.tooltip()).toEqual(['Sigill', last.tooltip]);
  });
});
