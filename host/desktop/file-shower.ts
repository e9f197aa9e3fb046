import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '@sigill/core';
import { firstValueFrom, switchMap } from 'rxjs';
import { busAddress } from '../tray/dbus/bus-address.js';
import { connectBus } from '../tray/dbus/bus.js';
import { loadDbus } from '../tray/dbus/dbus-package.js';
import { findProgram } from '../window/programs.js';

export interface ShowerPlace {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: string;
  readonly log: Log;
}

/** Opens files in the person's own programs. Nothing passes through a shell; why nothing opened is for the log. */
export class FileShower {
  readonly #place: ShowerPlace;

  constructor(place: ShowerPlace) {
    this.#place = place;
  }

  /** In the program that the desktop has for such files. */
  open(path: string): void {
    const { platform } = this.#place;
    if (platform === 'darwin') return this.#start('/usr/bin/open', [path]);
    if (platform === 'win32') return this.#start('explorer.exe', [path]);
    this.#start('xdg-open', [path]);
  }

  /** In the file manager, marked there when it can. */
  show(path: string): void {
    const { platform, log } = this.#place;
    if (platform === 'darwin') return this.#start('/usr/bin/open', ['-R', path]);
    if (platform === 'win32') return this.#start('explorer.exe', [`/select,${path}`]);
    this.#mark(path).catch((error: unknown) => {
      log.debug(`file manager: ${error instanceof Error ? error.message : String(error)}`);
      this.#start('xdg-open', [dirname(path)]);
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

  #start(program: string, words: readonly string[]): void {
    const { environment, platform, log } = this.#place;
    const found = platform === 'win32' ? program : findProgram([program], environment);
    if (found === undefined) return log.warn(`${program} is not installed`);
    const child = spawn(found, words, { env: environment, detached: true, stdio: 'ignore', shell: false });
    child.once('error', ({ message }) => log.warn(`${program}: ${message}`));
    child.unref();
  }
}
