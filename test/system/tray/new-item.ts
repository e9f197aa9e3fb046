import { busAddress } from '../../../host/tray/dbus/bus-address.js';
import { loadDbus } from '../../../host/tray/dbus/dbus-package.js';
import type { IconFiles } from '../../../host/tray/icon-files.js';
import { StatusNotifierTray } from '../../../host/tray/status-notifier.js';

/** A StatusNotifierItem of the program on the bus at `address`. */
export async function newItem(address: string, icons: IconFiles): Promise<StatusNotifierTray> {
  const dbus = await loadDbus();
  const found = busAddress({ DBUS_SESSION_BUS_ADDRESS: address });
  if (dbus === undefined || found === undefined) throw new Error('dbus-next is not installed');
  return new StatusNotifierTray({ dbus, address: found, icons });
}
