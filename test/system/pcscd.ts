import { type ChildProcess, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pcscd of the tests' own, with a virtual reader (vpcd) in it; it may be started and ended as often as one likes. */
export interface PcscDaemon {
  /** The socket that clients must use: `PCSCLITE_CSOCK_NAME`. */
  readonly socket: string;
  /** What a child process needs in its environment to reach this pcscd. */
  readonly env: Readonly<Record<string, string>>;
  /** TCP ports on which the slots of the virtual reader wait for a card: first `Virtual PCD 00 00`, then `Virtual PCD 00 01`. */
  readonly ports: readonly [number, number];
  /** Resolves when it answers. `readers: false` starts it without any reader. */
  start(options?: { readonly readers?: boolean }): Promise<void>;
  /** Ends it in order (SIGTERM), so that it cleans up after itself. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL): its socket stays behind, as after a crash. */
  kill(): Promise<void>;
  /** What it has logged since the last start. */
  log(): string;
  /** Stops it and removes its folder. */
  dispose(): Promise<void>;
}

/** Names of the two slots of the virtual reader. */
export const virtualReaders = ['Virtual PCD 00 00', 'Virtual PCD 00 01'] as const;

/**
 * A pcscd that nobody else uses: its own socket, its own ports, seen by those who have `env`.
 * libpcsclite reads the variable once in a process's life, so set it before the first use: `Object.assign(process.env, daemon.env)`.
 */
export async function pcscDaemon(): Promise<PcscDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pcscd-'));
  // Where mounting is not allowed (a container without the right to), pcscd's own folder has to do: nobody else may use it then.
  const hidden = spawnSync('unshare', ['-m', 'true']).status === 0;
  const run = hidden ? join(folder, 'run') : '/run/pcscd';
  const socket = join(run, 'pcscd.comm');
  const configuration = join(folder, 'readers');
  const ports = await freePorts();
  let child: ChildProcess | undefined;
  let log = '';

  mkdirSync(run, { recursive: true });

  async function start({ readers = true } = {}): Promise<void> {
    if (child) throw new Error('pcscd runs already');
    log = '';
    // After a crash the old socket is there; pcscd would refuse to start beside it, as systemd would have removed it.
    if (!hidden && (await isAnswered(socket))) throw new Error('Another pcscd runs here: end it for these tests');
    for (const left of ['pcscd.comm', 'pcscd.pid']) rmSync(join(run, left), { force: true });
    rmSync(configuration, { recursive: true, force: true });
    mkdirSync(configuration);
    if (readers) writeConfiguration(configuration, ports[0]);
    const words = ['--foreground', '--info', '--config', configuration];
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    child = hidden
      ? spawn('unshare', ['-m', 'sh', '-c', privateRun, run, ...words], { stdio })
      : spawn('pcscd', words, { stdio });
    const running = child;
    running.stdout?.on('data', (text: Buffer) => (log += text.toString()));
    running.stderr?.on('data', (text: Buffer) => (log += text.toString()));
    await answers(running, socket, () => log).catch(async (error: unknown) => {
      await end('SIGKILL');
      throw error;
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  }

  return {
    socket,
    env: { PCSCLITE_CSOCK_NAME: socket },
    ports,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    log: () => log,
    async dispose() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// pcscd's folder is fixed at its build; in a mount namespace of its own, ours stands in that place.
const privateRun = 'mkdir -p /run/pcscd && mount --bind "$0" /run/pcscd && exec pcscd "$@"';

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

function writeConfiguration(folder: string, port: number): void {
  if (!existsSync(driver)) throw new Error(`The vpcd driver is missing: ${driver}`);
  const channel = `0x${port.toString(16).toUpperCase()}`;
  writeFileSync(
    join(folder, 'vpcd'),
    `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${channel}\nLIBPATH ${driver}\nCHANNELID ${channel}\n`,
  );
}

/** Two free ports, one after the other, as vpcd counts its slots. */
export async function freePorts(): Promise<[number, number]> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 36_000 + 2 * Math.floor(Math.random() * 10_000);
    if ((await isFree(first)) && (await isFree(first + 1))) return [first, first + 1];
  }
  throw new Error('No two free ports for vpcd');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** True when something accepts connections on `socket`. */
function isAnswered(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket);
    client.once('error', () => resolve(false));
    client.once('connect', () => {
      client.destroy();
      resolve(true);
    });
  });
}

/** Resolves when something accepts connections on `socket`; rejects with the log when the process ends first. */
function answers(child: ChildProcess, socket: string, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const folder = watch(join(socket, '..'), attempt);
    const done = (error?: Error): void => {
      folder.close();
      child.removeListener('exit', ended);
      child.removeListener('error', done);
      if (error) reject(error);
      else resolve();
    };
    const ended = (): void => done(new Error(`pcscd did not start:\n${log()}`));
    child.once('exit', ended);
    child.once('error', done);
    child.stdout?.on('data', attempt);

    function attempt(): void {
      if (!existsSync(socket)) return;
      void isAnswered(socket).then((answered) => answered && done());
    }
  });
}
