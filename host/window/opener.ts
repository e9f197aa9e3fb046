import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '@sigill/core';
import { ownFolder } from '../paths.js';
import type { Opener } from './desk.js';
import { hasDesktop, type Launch } from './desktop-program.js';
import { type LaunchPlace, launches } from './launches.js';
import { writeLeadPage } from './lead-page.js';

export interface OpenerSettings extends Omit<LaunchPlace, 'platform'> {
  readonly platform?: string;
  /** Our own runtime folder. */
  readonly runtime: string;
  readonly log: Log;
}

/** Milliseconds within which a program that ends with an error has shown nothing, so that the next one is tried. */
const soon = 5_000;

/** Opens addresses on the person's desktop. */
export class DesktopOpener implements Opener {
  readonly #settings: OpenerSettings;
  readonly #place: LaunchPlace;

  constructor(settings: OpenerSettings) {
    this.#settings = settings;
    this.#place = { ...settings, platform: settings.platform ?? process.platform };
  }

  /** False when there is no desktop, or no program that shows pages; nothing is printed. */
  open(address: string, size: { readonly width: number; readonly height: number }): boolean {
    const { platform } = this.#place;
    if (!hasDesktop(this.#place)) return false;
    // On macOS every user sees every command line, and nothing tells whose a connection is: docs/decisions/0012.
    const shown = platform === 'darwin' ? writeLeadPage(this.#settings.runtime, address) : address;
    const ways = launches(shown, size, this.#place);
    this.#start(ways);
    return ways.length > 0;
  }

  #start([way, ...others]: readonly Launch[]): void {
    if (way === undefined) return;
    const { log } = this.#settings;
    if (way.profile !== undefined) makeProfile(way.profile);
    const began = Date.now();
    let failed = false;
    const next = (why: string): void => {
      if (failed) return;
      failed = true;
      log.info(`window: ${way.program}: ${why}`);
      this.#start(others);
    };
    const child = spawn(way.program, way.args, { detached: true, stdio: 'ignore', shell: false });
    child.once('error', ({ message }) => next(message));
    child.once('exit', (code) => {
      if (code !== 0 && code !== null && Date.now() - began < soon) next(`ended with ${code}`);
    });
    child.unref();
  }
}

/** A browser profile that keeps no codes and offers none. */
function makeProfile(folder: string): void {
  ownFolder(folder);
  const preferences = join(folder, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  mkdirSync(join(folder, 'Default'), { recursive: true, mode: 0o700 });
  const quiet = {
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    autofill: { enabled: false },
    translate: { enabled: false },
  };
  writeFileSync(preferences, JSON.stringify(quiet), { mode: 0o600 });
}
