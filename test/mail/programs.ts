import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Marionette } from './marionette.js';

/** A person's folder that real programs are started in. */
export interface ProgramsHome {
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A real program at work. */
export interface RunningProgram {
  readonly driver: Marionette;
  /** Ends it as a person does, and resolves when it has. */
  quit(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

export type MozillaProgram = 'firefox-esr' | 'thunderbird';

/** Has the program make a profile of its own; gives the folder. */
export async function createProfile(program: MozillaProgram, at: ProgramsHome, name: string): Promise<string> {
  const child = start(program, at, ['--headless', '--CreateProfile', name]);
  await once(child, 'exit');
  const config = at.environment['XDG_CONFIG_HOME'] ?? join(at.home, '.config');
  const root =
    program === 'thunderbird'
      ? [join(at.home, '.thunderbird'), join(config, 'thunderbird')]
      : [join(at.home, '.mozilla/firefox'), join(config, 'mozilla/firefox')];
  const found = root.flatMap((folder) =>
    names(folder)
      .filter((one) => one.endsWith(`.${name}`))
      .map((one) => join(folder, one)),
  );
  if (found[0] === undefined) throw new Error(`${program} made no profile ${name}`);
  return found[0];
}

/** Starts the program with a profile and waits until it can be driven; it has windows where the environment has a screen. */
export async function runProgram(program: MozillaProgram, at: ProgramsHome, profile: string): Promise<RunningProgram> {
  const port = await freePort();
  appendFileSync(join(profile, 'user.js'), `user_pref("marionette.port", ${port});\n`);
  const child = start(program, at, [
    ...(at.environment['DISPLAY'] === undefined ? ['--headless'] : []),
    '--marionette',
    '--remote-allow-system-access',
    '--no-remote',
    '--profile',
    profile,
  ]);
  const ended = once(child, 'exit');
  const driver = await Marionette.open(port, ended);
  return {
    driver,
    async quit() {
      await driver.quit();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A program that was started once and closed: its profile is as a person's. */
export async function usedProfile(program: MozillaProgram, at: ProgramsHome, name: string): Promise<string> {
  const profile = await createProfile(program, at, name);
  await (await runProgram(program, at, profile)).quit();
  return profile;
}

function start(program: MozillaProgram, { home, environment }: ProgramsHome, words: readonly string[]): ChildProcess {
  mkdirSync(home, { recursive: true });
  const child = spawn(program, words, {
    env: { ...environment, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: 'ignore',
  });
  // A test that fails leaves no program behind.
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
