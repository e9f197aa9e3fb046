import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import dbus from 'dbus-next';
import { firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DesktopNotifications } from '../../host/notify/desktop-notifications.js';
import type { Notice } from '../../host/notify/notifications.js';
import { busAddress } from '../../host/tray/dbus/bus-address.js';
import { loadDbus } from '../../host/tray/dbus/dbus-package.js';
import { drawnIcons } from './tray/drawn-icons.js';
import { monitorBus } from './tray/bus-monitor.js';
import { privateBus } from './tray/private-bus.js';
import { type DaemonOptions, NotificationDaemon } from './notify/notification-daemon.js';

const icons = drawnIcons();
const bus = privateBus();
let notifications: DesktopNotifications;
let daemon: NotificationDaemon;

beforeAll(() => bus.start());
afterAll(() => bus.dispose());
beforeEach(async () => {
  notifications = await open();
});
afterEach(() => {
  notifications.dispose();
  daemon?.close();
});

async function open(patience?: number): Promise<DesktopNotifications> {
  const found = await loadDbus();
  const address = busAddress({ DBUS_SESSION_BUS_ADDRESS: bus.address });
  if (found === undefined || address === undefined) throw new Error('dbus-next is not installed');
  return new DesktopNotifications({ dbus: found, address, icons, ...(patience === undefined ? {} : { patience }) });
}

async function serve(options?: DaemonOptions): Promise<void> {
  daemon = new NotificationDaemon(bus.address, options);
  await daemon.open();
}

const notice = (more: Partial<Notice> = {}): Notice => ({
  key: 'a',
  icon: 'locked',
  title: 'A code is locked',
  text: 'In R & D <b>1</b>',
  action: 'Open Sigill',
  place: 'codes',
  ...more,
});
/** All signals that were sent to it before have been heard: the bus keeps the order of messages. */
const settled = (): Promise<boolean> => notifications.show(notice({ key: 'last' }));

describe('a notification service', () => {
  it('is given a notice with all that the specification asks for, its text as text', async () => {
    await serve();
    expect(await notifications.show(notice())).toBe(true);
    const [{ icon, ...rest } = { icon: '' }] = daemon.shown;
    expect(rest).toEqual({
      number: 1,
      program: 'Sigill',
      replaces: 0,
      title: 'A code is locked',
      text: 'In R &amp; D &lt;b&gt;1&lt;/b&gt;',
      actions: ['default', 'Open Sigill'],
      hints: { 'desktop-entry': 'sigill', category: 'device', urgency: 1 },
      expires: -1,
    });
    expect(existsSync(fileURLToPath(icon))).toBe(true);
  });

  it('that knows neither markup nor actions is given none', async () => {
    await serve({ capabilities: ['body'] });
    await notifications.show(notice());
    expect(daemon.shown).toMatchObject([{ text: 'In R & D <b>1</b>', actions: [] }]);
  });

  it('shows a newer notice of the same in place of the older one, until that is gone', async () => {
    await serve({ first: 7 });
    const both = [notifications.show(notice()), notifications.show(notice({ title: 'newer' }))];
    await Promise.all([...both, notifications.show(notice({ key: 'b' }))]);
    daemon.dismiss(7);
    await settled();
    await notifications.show(notice());
    expect(daemon.shown.map(({ replaces, number }) => [replaces, number])).toEqual([
      [0, 7],
      [7, 7],
      [0, 8],
      [0, 9],
      [0, 10],
    ]);
  });

  it('tells of a press, which leads to the place of its notice', async () => {
    await serve();
    await notifications.show(notice({ key: 'x', place: 'devices' }));
    await notifications.show(notice());
    const chosen = firstValueFrom(notifications.chosen);
    daemon.press(2);
    expect(await chosen).toBe('codes');
  });

  it('takes a notice back that is no longer true', async () => {
    await serve();
    await notifications.show(notice());
    notifications.withdraw('a');
    notifications.withdraw('never shown');
    await daemon.withdrawn(1);
    await settled();
    expect(daemon.closed).toEqual([1]);
  });
});

describe('nothing is opened', () => {
  it('by presses on notices of other programs, other buttons, or signals of who is not the service', async () => {
    await serve();
    const places: string[] = [];
    notifications.chosen.subscribe((place) => places.push(place));
    await notifications.show(notice());
    daemon.press(99);
    daemon.press(1, 'other');
    const stranger = dbus.sessionBus({ busAddress: bus.address });
    const asked = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    await stranger.call(new dbus.Message({ ...asked, interface: 'org.freedesktop.DBus', member: 'GetId' }));
    const [path, name] = ['/org/freedesktop/Notifications', 'org.freedesktop.Notifications'];
    const forged = dbus.Message.newSignal(path, name, 'ActionInvoked', 'us', [1, 'default']);
    // Sent to the program alone, no match rule keeps it out.
    forged.destination = daemon.client;
    const monitor = await monitorBus(bus.address);
    const heard = monitor.next(({ member }) => member === 'ActionInvoked');
    stranger.send(forged);
    await heard;
    await settled();
    monitor.close();
    stranger.disconnect();
    expect(places).toEqual([]);
    const chosen = firstValueFrom(notifications.chosen);
    daemon.press(1);
    await chosen;
  });
});

describe('notifications outlive', () => {
  it('their service: the next one is asked for a new one', async () => {
    await serve();
    await notifications.show(notice());
    daemon.close();
    await serve({ first: 1, capabilities: [] });
    await notifications.show(notice());
    expect(daemon.shown).toMatchObject([{ replaces: 0, actions: [] }]);
  });

  it('the absence of one: nobody heard it, and that is told', async () => {
    expect(await notifications.show(notice())).toBe(false);
    await serve();
    expect(await notifications.show(notice())).toBe(true);
  });

  it('one that hangs', async () => {
    notifications.dispose();
    notifications = await open(200);
    await serve({ hangs: true });
    expect(await notifications.show(notice())).toBe(false);
  });

  it('the bus', async () => {
    await serve();
    await notifications.show(notice());
    await bus.kill();
    await bus.start();
    await serve();
    await expect.poll(() => notifications.show(notice()), { timeout: 30_000 }).toBe(true);
    expect(daemon.shown.at(-1)?.replaces).toBe(0);
  });

  it('a bus that is not there at their start', async () => {
    notifications.dispose();
    await bus.kill();
    notifications = await open();
    expect(await notifications.show(notice())).toBe(false);
    await bus.start();
    await serve();
    await expect.poll(() => notifications.show(notice()), { timeout: 30_000 }).toBe(true);
  });
});
