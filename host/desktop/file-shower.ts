import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '@sigill/core';
import { firstValueFrom, switchMap } from 'rxjs';
import { busAddress } from '../tray/dbus/bus-address.js';
import { connectBus } from '../tray/dbus/bus.js';
import { loadDbus } from '../tray/dbus/dbus-package.js';
import type { DesktopPlace } from '../window/desktop-program.js';
import { openFile, start } from './open-file.js';

export interface ShowerPlace extends DesktopPlace {
  readonly log: Log;
}

/** Opens files in the person's own programs; why nothing opened is for the log. */
export class FileShower {
  readonly #place: ShowerPlace;

  constructor(place: ShowerPlace) {
    this.#place = place;
  }

  /** In the program that the desktop has for such files. */
  open(path: string): void {
    openFile(this.#place, path, this.#failed);
  }

  /** In the file manager, marked there when it can. */
  show(path: string): void {
    const { platform, environment, log } = this.#place;
    const marked = (program: string, args: readonly string[]): void =>
      start({ program, args }, this.#place, this.#failed);
    if (platform === 'darwin') return marked('/usr/bin/open', ['-R', path]);
    const windows = environment['SystemRoot'] ?? 'C:\\Windows';
    if (platform === 'win32') return marked(join(windows, 'explorer.exe'), [`/select,${path}`]);
    this.#mark(path).catch((error: unknown) => {
      log.debug(`file manager: ${error instanceof Error ? error.message : String(error)}`);
      this.open(dirname(path));
    });
  }

  /** org.freedesktop.FileManager1 (freedesktop.org, *File Manager D-Bus Interface*). Fails with an ordinary error where there is none. */
  async #mark(path: string): Promise<void> {
    const [dbus, address] = [await loadDbus(), busAddress(this.#place.environment)];
    if (dbus === undefined || address === undefined) throw new Error('no session bus');
    const name = 'org.freedesktop.FileManager1';
    const call = {
      destination: name,
      path: '/org/freedesktop/FileManager1',
      interface: name,
      member: 'ShowItems',
      signature: 'ass',
      body: [[pathToFileURL(path).href], ''],
    };
    await firstValueFrom(connectBus(dbus, address).pipe(switchMap((bus) => bus.call(call))));
  }

  readonly #failed = (why: string): void => this.#place.log.warn(why);
}
