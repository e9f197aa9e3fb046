import { mkdirSync } from 'node:fs';
import { output } from './drawn-icons.js';
import { type Screen, startScreen } from './screen.js';
import { startXfcePanel, type XfcePanel } from './xfce-panel.js';

/** A desktop of the tests' own: a screen with a panel on it, and the folder for its pictures. */
export interface Desktop {
  readonly screen: Screen;
  readonly panel: XfcePanel;
  /** What a program of this desktop has in its environment. */
  readonly environment: NodeJS.ProcessEnv;
  dispose(): Promise<void>;
}

/** Starts one whose screen is `size` (`800x480`) pixels. */
export async function startDesktop(size: string, { dark = false } = {}): Promise<Desktop> {
  mkdirSync(output, { recursive: true });
  const screen = await startScreen(size);
  const panel = await startXfcePanel(screen, dark);
  return {
    screen,
    panel,
    environment: {
      DISPLAY: screen.display,
      DBUS_SESSION_BUS_ADDRESS: panel.address,
      XDG_CURRENT_DESKTOP: 'XFCE',
    },
    async dispose() {
      await panel.dispose();
      await screen.dispose();
    },
  };
}
