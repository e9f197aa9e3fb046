import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type ChildProcess, spawn } from 'node:child_process';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HelperTray } from '../../host/tray/helper-tray.js';
import { copyHelper } from '../../host/tray/systray2/copy-helper.js';
import { HelperProcess } from '../../host/tray/systray2/helper-process.js';
import type { TrayView } from '../../host/tray/tray.js';
import { drawnIcons, output } from './tray/drawn-icons.js';
import { privateBus } from './tray/private-bus.js';
import { ended, type Screen, startScreen } from './tray/screen.js';
import { labelled, TestPanel } from './tray/test-panel.js';
import { readerWith, viewOf } from './tray/views.js';

const icons = drawnIcons();
const folder = mkdtempSync(join(tmpdir(), 'sigill-helper-'));
const bus = privateBus();
let screen: Screen;
let program: string;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  screen = await startScreen('640x480');
  await bus.start();
  const copied = copyHelper(join(folder, 'tray'), process.platform, process.arch);
  if (copied === undefined) throw new Error('systray2 has no helper for this computer');
  program = copied;
});
afterAll(async () => {
  await bus.dispose();
  await screen.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  LANG: 'C.UTF-8',
  DISPLAY: screen.display,
  DBUS_SESSION_BUS_ADDRESS: bus.address,
  NO_AT_BRIDGE: '1',
});

const newTray = (): HelperTray => new HelperTray({ program, platform: 'linux', environment: environment(), icons });

/** Resolves when a process of ours has ended. */
async function gone(pid: number): Promise<void> {
  while (lives(pid)) await new Promise((resolve) => void setImmediate(resolve));
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const presence = (tray: HelperTray, wanted: 'waiting' | 'shown'): Promise<unknown> =>
  firstValueFrom(tray.presence.pipe(filter((now) => now === wanted)));

describe('the helper program', () => {
  it('is started from our own folder, and can be run and changed by its owner alone', () => {
    expect(isAbsolute(program)).toBe(true);
    expect(program.startsWith(join(folder, 'tray'))).toBe(true);
    expect(statSync(program).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'tray')).mode & 0o777).toBe(0o700);
  });

  it('is put right when somebody has changed it', () => {
    const before = statSync(program).size;
    chmodSync(program, 0o600);
    writeFileSync(program, 'something else');
    expect(copyHelper(join(folder, 'tray'), process.platform, process.arch)).toBe(program);
    expect([statSync(program).size, statSync(program).mode & 0o777]).toEqual([before, 0o700]);
  });

  it('is not there for computers that it was not made for', () => {
    expect(copyHelper(join(folder, 'none'), 'linux', 'arm64')).toBeUndefined();
    expect(copyHelper(join(folder, 'none'), 'freebsd', 'x64')).toBeUndefined();
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('leaves nothing behind', async () => {
    const events = new Subject<'ready' | 'ended'>();
    const helper = new HelperProcess(program, environment(), {
      ready: () => events.next('ready'),
      clicked: () => undefined,
      ended: () => events.next('ended'),
    });
    expect(await firstValueFrom(events)).toBe('ready');
    const icon = Buffer.from(icons.file('ready', 'linux')).toString('base64');
    helper.send({ icon, title: '', tooltip: '', items: [] });
    const next = firstValueFrom(events);
    helper.dispose();
    expect(await next).toBe('ended');
    expect(readdirSync(join(folder, 'tray'))).toHaveLength(1);
  });

  it('that cannot be started is told as one that ended', async () => {
    const events = new Subject<'ready' | 'ended'>();
    new HelperProcess(join(folder, 'tray/nothing'), environment(), {
      ready: () => events.next('ready'),
      clicked: () => undefined,
      ended: () => events.next('ended'),
    });
    expect(await firstValueFrom(events)).toBe('ended');
  });
});

describe('in a panel that takes StatusNotifierItems, the helper', () => {
  let panel: TestPanel;
  let tray: HelperTray;

  async function appear(view: TrayView): Promise<void> {
    panel = new TestPanel(bus.address);
    tray = newTray();
    tray.show(view);
    await Promise.all([panel.open(), presence(tray, 'shown')]);
    await panel.findMenu();
  }
  afterEach(async () => {
    const { pid } = tray;
    tray.dispose();
    // While it lives, it would register with the next panel too.
    if (pid !== undefined) await gone(pid);
    panel.close();
  });

  const find = async (label: string): Promise<{ number: number; properties: Readonly<Record<string, unknown>> }> => {
    const found = await panel.until(
      async () => labelled(await panel.layout(), label),
      (node) => node !== undefined,
    );
    if (found === undefined) throw new Error(`No ${label}`);
    return found;
  };

  it('has the menu, and passes on the clicks that count', async () => {
    await appear(viewOf([readerWith('pin-locked')]));
    const chosen: string[] = [];
    const last = firstValueFrom(tray.chosen.pipe(filter((id) => id === 'quit')));
    tray.chosen.subscribe((id) => chosen.push(id));
    expect((await find('✓ English')).properties).not.toHaveProperty('toggle-type');
    for (const label of ['Verify the basic code (PIN1) …', 'Unlock the basic code (PIN1) …', 'Quit']) {
      await panel.click((await find(label)).number);
    }
    await last;
    expect(chosen).toEqual([expect.stringMatching(/^run:pin\.unlock\?.*pin=PIN1$/), 'quit']);
  });

  it('shows what changes, in the same process while there is room', async () => {
    await appear(viewOf([readerWith('ready')]));
    await find('Quit');
    const { pid } = tray;
    tray.show(viewOf([readerWith('ready')], 'sv'));
    await find('Avsluta');
    await find('✓ Svenska');
    expect(tray.pid).toBe(pid);
  });

  it('is replaced when items are added, and the new one works', async () => {
    await appear(viewOf([]));
    await find('Quit');
    const { pid } = tray;
    const arrival = panel.arrival();
    tray.show(viewOf([readerWith('ready')], 'en', ['greet.wave']));
    await arrival;
    await panel.findMenu();
    const chosen = firstValueFrom(tray.chosen);
    await panel.click((await find('greet.wave')).number);
    expect(await chosen).toBe('run:greet.wave');
    expect(tray.pid).not.toBe(pid);
  });

  it('is started again when it dies', async () => {
    await appear(viewOf([readerWith('ready')]));
    const { pid } = tray;
    if (pid === undefined) throw new Error('No helper is shown');
    const [waiting, arrival] = [presence(tray, 'waiting'), panel.arrival()];
    process.kill(pid, 'SIGKILL');
    await waiting;
    await presence(tray, 'shown');
    await arrival;
    await panel.findMenu();
    expect(tray.pid).not.toBe(pid);
    const chosen = firstValueFrom(tray.chosen);
    await panel.click((await find('Quit')).number);
    expect(await chosen).toBe('quit');
  });

  it('is never looked for in the current directory', async () => {
    const trap = join(folder, 'trap');
    mkdirSync(join(trap, 'traybin'), { recursive: true });
    writeFileSync(join(trap, 'traybin/tray_linux_release'), `#!/bin/sh\ntouch ${trap}/fell\n`, { mode: 0o755 });
    const before = process.cwd();
    process.chdir(trap);
    try {
      expect(copyHelper(join(folder, 'tray'), process.platform, process.arch)).toBe(program);
      await appear(viewOf([readerWith('ready')]));
      await find('Quit');
    } finally {
      process.chdir(before);
    }
    expect(existsSync(join(trap, 'fell'))).toBe(false);
  });
});

describe('in a panel that knows XEmbed only, the helper', () => {
  const slot = '32x32+0+0';
  let trayer: ChildProcess;

  beforeAll(async () => {
    const nothing = await screen.look(slot);
    trayer = spawn(
      'trayer',
      ['--edge', 'top', '--align', 'left', '--widthtype', 'pixel', '--width', '300', '--height', '32'],
      { env: environment(), stdio: 'ignore' },
    );
    await Promise.race([screen.changed('300x32+0+0', nothing), once(trayer, 'exit')]);
  });
  afterAll(() => ended(trayer));

  it('shows the icon, and its menu works', async () => {
    const tray = newTray();
    const before = await screen.still(slot);
    tray.show(viewOf([readerWith('ready')]));
    await presence(tray, 'shown');
    await screen.changed(slot, before);
    await screen.still(slot);
    const [menu, nothing] = ['100x100+10+60', await screen.look('100x100+10+60')];
    const chosen = firstValueFrom(tray.chosen);
    screen.click(16, 16, 'left');
    await screen.changed(menu, nothing);
    await screen.still(menu);
    screen.picture(join(output, 'trayer-menu.png'));
    screen.keys('Down', 'Return');
    expect(await chosen).toBe('show:devices');
    tray.dispose();
  });
});
