import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateBus } from './private-bus.js';
import { ended, type Screen } from './screen.js';

/** xfce4-panel on a screen and a bus of its own: one panel at the top with nothing but icons, from the left. */
export interface XfcePanel {
  /** As `DBUS_SESSION_BUS_ADDRESS` has it. */
  readonly address: string;
  /** Ends it, and starts it anew. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

/** Pixels that the panel is high. */
export const panelHeight = 32;

export async function startXfcePanel(screen: Screen, dark: boolean): Promise<XfcePanel> {
  const home = mkdtempSync(join(tmpdir(), 'sigill-xfce-'));
  const settings = join(home, 'xfce4/xfconf/xfce-perchannel-xml');
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, 'xfce4-panel.xml'), configuration(dark));
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: home,
    DISPLAY: screen.display,
    LANG: 'C.UTF-8',
    GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
    // No bus of its own for screen readers: nobody would end it.
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
  };
  const bus = privateBus(environment);
  await bus.start();
  const start = (): ChildProcess =>
    spawn('xfce4-panel', ['--disable-wm-check'], {
      env: { ...environment, DBUS_SESSION_BUS_ADDRESS: bus.address },
      stdio: 'ignore',
    });
  let panel = start();
  return {
    address: bus.address,
    async restart() {
      await ended(panel);
      panel = start();
    },
    async dispose() {
      await ended(panel);
      await bus.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const configuration = (dark: boolean): string => `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="${dark}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="${panelHeight}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;
