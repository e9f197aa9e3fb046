import { busAddress } from '../tray/dbus/bus-address.js';
import { loadDbus } from '../tray/dbus/dbus-package.js';
import { DesktopNotifications } from './desktop-notifications.js';
import { type Notifications, silentNotifications } from './notifications.js';

/** The notifications of this desktop; silence where it has no session bus. */
export async function openNotifications(environment: NodeJS.ProcessEnv, platform: string): Promise<Notifications> {
  const address = platform === 'win32' || platform === 'darwin' ? undefined : busAddress(environment);
  const dbus = address === undefined ? undefined : await loadDbus();
  return dbus === undefined || address === undefined
    ? silentNotifications
    : new DesktopNotifications({ dbus, address });
}
