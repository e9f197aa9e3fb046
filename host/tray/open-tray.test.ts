import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { busAddress } from './dbus/bus-address.js';
import { openTray, trayKind } from './open-tray.js';

it('Windows and macOS take the helper, Linux desktops a StatusNotifierItem', () => {
  expect(trayKind('win32', {})).toBe('helper');
  expect(trayKind('darwin', {})).toBe('helper');
  for (const desktop of ['XFCE', 'KDE', 'ubuntu:GNOME', 'X-Cinnamon', 'MATE', 'LXQt', '']) {
    expect(trayKind('linux', { DISPLAY: ':0', XDG_CURRENT_DESKTOP: desktop }), desktop).toBe('status-notifier');
  }
});

it('panels that know XEmbed only take the helper, unless it is Wayland', () => {
  expect(trayKind('linux', { DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'LXDE' })).toBe('helper');
  expect(trayKind('linux', { DISPLAY: ':0', DESKTOP_SESSION: 'fluxbox' })).toBe('helper');
  const wayland = { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0', XDG_CURRENT_DESKTOP: 'i3' };
  expect(trayKind('linux', wayland)).toBe('status-notifier');
});

it('a computer without a desktop has no tray, and a person’s own choice counts before all', () => {
  expect(trayKind('linux', {})).toBe('none');
  expect(trayKind('linux', { DISPLAY: ':0', SIGILL_TRAY: 'helper' })).toBe('helper');
  expect(trayKind('linux', { DISPLAY: ':0', SIGILL_TRAY: 'none' })).toBe('none');
  expect(trayKind('linux', { DISPLAY: ':0', SIGILL_TRAY: 'nonsense' })).toBe('status-notifier');
});

it('the session bus is found by its address, escaped or abstract, and the first socket counts', () => {
  const of = (address: string) => busAddress({ DBUS_SESSION_BUS_ADDRESS: address });
  expect(of('unix:path=/run/user/1000/bus')).toBe('unix:socket=/run/user/1000/bus');
  expect(of('unix:path=/run/user/1000/a%20b,guid=00')).toBe('unix:socket=/run/user/1000/a b');
  expect(of('unix:abstract=/run/user/1000/dbus-x,guid=00')).toBe('unix:socket=\0/run/user/1000/dbus-x');
  expect(of('tcp:host=localhost,port=1;unix:path=/run/user/1000/bus')).toBe('unix:socket=/run/user/1000/bus');
  for (const none of ['', 'nonsense', 'unix:', 'unix:path=%', 'unix:runtime=yes']) expect(of(none)).toBeUndefined();
});

it('without a desktop, or on a computer that the helper was not made for, the tray waits and all else works', async () => {
  const places = { folder: '/nowhere', processor: 'riscv64' };
  const environments = [{}, { DISPLAY: ':0', SIGILL_TRAY: 'helper' }, { DISPLAY: ':0', XDG_RUNTIME_DIR: '/nowhere' }];
  for (const environment of environments) {
    const tray = await openTray({ ...places, platform: 'linux', environment });
    tray.show({ icon: 'ready', tooltip: '', menu: [] });
    expect(await firstValueFrom(tray.presence)).toBe('waiting');
    tray.dispose();
  }
});
