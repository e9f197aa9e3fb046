import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatusNotifierTray } from '../../host/tray/status-notifier.js';
import { type Desktop, startDesktop } from './tray/desktop.js';
import { drawnIcons, output } from './tray/drawn-icons.js';
import type { Screen } from './tray/screen.js';
import { newItem } from './tray/new-item.js';
import { everyIcon, readerWith, viewOf } from './tray/views.js';
import { panelHeight, type XfcePanel } from './tray/xfce-panel.js';

const icons = drawnIcons();
const square = `${panelHeight}x${panelHeight}`;
/** Where the icon is, a place in the panel that stays empty, and where the menu opens. */
const [slot, empty] = [`${square}+0+0`, `${square}+640+0`];
const [menu, submenu] = [`200x100+0+${panelHeight + 2}`, `200x100+440+${panelHeight + 60}`];

describe.each(['light', 'dark'])('in xfce4-panel, %s,', (shade) => {
  let desktop: Desktop;
  let screen: Screen;
  let panel: XfcePanel;
  let tray: StatusNotifierTray;
  const two = viewOf([readerWith('ready'), readerWith('empty', 'ACS ACR39U 01 00')]);

  beforeAll(async () => {
    desktop = await startDesktop('800x480', { dark: shade === 'dark' });
    ({ screen, panel } = desktop);
  });
  afterAll(() => desktop.dispose());
  beforeEach(async () => {
    tray = await newItem(panel.address, icons);
    tray.show(two);
    await firstValueFrom(tray.presence.pipe(filter((now) => now === 'shown')));
    await screen.changed(slot, await screen.look(empty));
    await screen.still(slot);
  });
  afterEach(async () => {
    screen.rest();
    tray.dispose();
    const before = await screen.look(empty);
    // A place without an icon looks like any other.
    while ((await screen.look(slot)) !== before);
  });

  it('each state has a picture of its own', async () => {
    const looks = new Set<string>();
    const pictures: string[] = [];
    for (const icon of everyIcon) {
      const before = await screen.look(slot);
      tray.show({ ...two, icon });
      if (icon !== two.icon || looks.size > 0) await screen.changed(slot, before);
      looks.add(await screen.still(slot));
      const picture = join(output, `xfce-${shade}-${icon}.png`);
      screen.picture(picture, slot);
      pictures.push(picture);
    }
    expect(looks.size).toBe(everyIcon.length);
    execFileSync('convert', [...pictures, '+append', join(output, `xfce-${shade}-icons.png`)]);
  });

  it('a click on the icon and one in the menu reach the host', async () => {
    const clicked = firstValueFrom(tray.activated);
    screen.click(panelHeight / 2, panelHeight / 2, 'left');
    await clicked;
    const chosen = firstValueFrom(tray.chosen);
    const nothing = await screen.look(menu);
    screen.click(panelHeight / 2, panelHeight / 2, 'right');
    await screen.changed(menu, nothing);
    screen.keys('Down', 'Return');
    expect(await chosen).toBe('show:devices');
  });

  it('the menu is there, with what the card in the reader can do', async () => {
    const [noMenu, noSubmenu] = [await screen.look(menu), await screen.look(submenu)];
    screen.click(panelHeight / 2, panelHeight / 2, 'right');
    await screen.changed(menu, noMenu);
    screen.keys('Down', 'Down', 'Down', 'Right', 'Down');
    await screen.changed(submenu, noSubmenu);
    await screen.still('800x480+0+0');
    screen.picture(join(output, `xfce-${shade}-menu.png`));
    const chosen = firstValueFrom(tray.chosen);
    screen.keys('Return');
    expect(await chosen).toMatch(/^run:pin\.verify\?card=.*&pin=PIN1$/);
  });

  it('an item does what it says after the menu was laid out anew while it was open', async () => {
    const nothing = await screen.look(menu);
    screen.click(panelHeight / 2, panelHeight / 2, 'right');
    await screen.changed(menu, nothing);
    await screen.still(menu);
    for (const view of [viewOf([]), two]) {
      const before = await screen.look(menu);
      tray.show(view);
      await screen.changed(menu, before);
      await screen.still(menu);
    }
    const chosen = firstValueFrom(tray.chosen);
    screen.keys('Down', 'Down', 'Return');
    expect(await chosen).toBe('documents');
  });

  it('the icon is back after the panel was restarted', async () => {
    const waiting = firstValueFrom(tray.presence.pipe(filter((now) => now === 'waiting')));
    await panel.restart();
    await waiting;
    await firstValueFrom(tray.presence.pipe(filter((now) => now === 'shown')));
    await screen.changed(slot, await screen.look(empty));
  });
});
