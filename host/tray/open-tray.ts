import { NEVER, of } from 'rxjs';
import { busAddress } from './dbus/bus-address.js';
import { loadDbus } from './dbus/dbus-package.js';
import { HelperTray } from './helper-tray.js';
import { StatusNotifierTray } from './status-notifier.js';
import { copyHelper } from './systray2/copy-helper.js';
import type { Tray } from './tray.js';

export interface OpenTrayOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: string;
  /** As `process.arch` has it. */
  readonly processor: string;
  /** A folder of ours for the helper program; made when it is needed. */
  readonly folder: string;
}

/** How the desktop takes icons. `none` is a computer without a desktop. */
export type TrayKind = 'status-notifier' | 'helper' | 'none';

// Desktops and window managers whose panels know XEmbed only.
const xembed = ['awesome', 'blackbox', 'bspwm', 'dwm', 'fluxbox', 'i3', 'icewm', 'jwm', 'lxde', 'openbox', 'xmonad'];

/** Chooses by platform and desktop; `SIGILL_TRAY` with a kind's name decides before them. */
export function trayKind(platform: string, environment: NodeJS.ProcessEnv): TrayKind {
  const wanted = environment['SIGILL_TRAY'];
  if (wanted === 'status-notifier' || wanted === 'helper' || wanted === 'none') return wanted;
  if (platform === 'win32' || platform === 'darwin') return 'helper';
  const { DISPLAY: display, WAYLAND_DISPLAY: wayland } = environment;
  if (!display && !wayland) return 'none';
  const desktop = environment['XDG_CURRENT_DESKTOP'] || environment['DESKTOP_SESSION'] || '';
  const onlyXembed = desktop.split(':').some((name) => xembed.includes(name.toLowerCase()));
  return onlyXembed && display && !wayland ? 'helper' : 'status-notifier';
}

/** The tray of this desktop. Where there is none, one that waits for ever, and all else works. */
export async function openTray(options: OpenTrayOptions): Promise<Tray> {
  const { environment, platform, processor, folder } = options;
  const kind = trayKind(platform, environment);
  const address = busAddress(environment);
  const dbus = kind === 'status-notifier' && address !== undefined ? await loadDbus() : undefined;
  if (dbus !== undefined && address !== undefined) return new StatusNotifierTray({ dbus, address });
  const canHelp = kind !== 'none' && (platform !== 'linux' || Boolean(environment['DISPLAY']));
  const program = canHelp ? copyHelper(folder, platform, processor) : undefined;
  return program === undefined ? absentTray : new HelperTray({ program, platform, environment });
}

const absentTray: Tray = {
  presence: of('waiting'),
  activated: NEVER,
  chosen: NEVER,
  missed: NEVER,
  show: () => undefined,
  dispose: () => undefined,
};
