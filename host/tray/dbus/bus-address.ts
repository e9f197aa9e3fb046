import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The session bus of a person's desktop, as dbus-next can open it; undefined where there is none.
 * D-Bus specification, Server Addresses: the first Unix socket of the list counts.
 */
export function busAddress(environment: Environment): string | undefined {
  const addresses = (environment['DBUS_SESSION_BUS_ADDRESS'] ?? '').split(';').map(socketOf);
  const socket = addresses.find((found) => found !== undefined) ?? userBus(environment);
  // As `socket`, dbus-next opens it by itself; for `path` and `abstract` it asks for one more native package.
  return socket === undefined ? undefined : `unix:socket=${socket}`;
}

function socketOf(address: string): string | undefined {
  const [, values] = /^unix:(.+)$/.exec(address) ?? [];
  const value = (key: string): string | undefined =>
    values
      ?.split(',')
      .find((pair) => pair.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  const path = value('path');
  if (path !== undefined) return unescaped(path);
  const name = value('abstract');
  return name === undefined ? undefined : `\0${unescaped(name)}`;
}

function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Where systemd puts it. */
function userBus({ XDG_RUNTIME_DIR: folder }: Environment): string | undefined {
  const path = folder === undefined || folder === '' ? undefined : join(folder, 'bus');
  return path !== undefined && existsSync(path) ? path : undefined;
}
