import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A message bus of the tests' own; it may be ended and started again at the same address. */
export interface PrivateBus {
  /** As `DBUS_SESSION_BUS_ADDRESS` has it. */
  readonly address: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  dispose(): Promise<void>;
}

/** A bus that lets everybody say everything. With an `environment` it starts the computer's services by it, else none. */
export function privateBus(environment?: NodeJS.ProcessEnv): PrivateBus {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-bus-'));
  const socket = join(folder, 'bus');
  const configuration = join(folder, 'session.conf');
  const services = environment === undefined ? '' : '<servicedir>/usr/share/dbus-1/services</servicedir>';
  writeFileSync(
    configuration,
    `<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>${services}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  let daemon: ChildProcess | undefined;

  async function start(): Promise<void> {
    rmSync(socket, { force: true });
    const started = spawn(
      'dbus-daemon',
      ['--nofork', '--nopidfile', `--config-file=${configuration}`, '--print-address'],
      {
        env: environment ?? process.env,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    daemon = started;
    await new Promise<void>((resolve, reject) => {
      started.stdout.once('data', () => resolve());
      started.once('error', reject);
      started.once('exit', () => reject(new Error('dbus-daemon ended')));
    });
  }

  async function kill(): Promise<void> {
    const ending = daemon;
    daemon = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  }

  return {
    address: `unix:path=${socket}`,
    start,
    kill,
    async dispose() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
