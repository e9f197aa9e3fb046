import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUp } from '../../../host/programs/set-up.js';
import { type ProgramsHome, runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { type Pkcs11Stage, pkcs11Stage } from '../../pkcs11/stage.js';
import type { DemandingServer } from './demanding-server.js';
import { tokenDialog } from './visit.js';

/** A host with simulated cards, and a Firefox whose profile Sigill has set up. */
export class FirefoxDesk {
  readonly stage: Pkcs11Stage;
  readonly #at: ProgramsHome;
  readonly #profile: string;
  #firefox: RunningProgram | undefined;

  private constructor(stage: Pkcs11Stage, at: ProgramsHome, profile: string) {
    this.stage = stage;
    this.#at = at;
    this.#profile = profile;
  }

  /** Makes a profile that trusts the servers and takes the first certificate that fits, and has Sigill set it up. */
  static async open(cards: readonly string[], servers: readonly DemandingServer[]): Promise<FirefoxDesk> {
    const stage = await pkcs11Stage(cards);
    const home = join(stage.folder, 'home');
    const environment = { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...stage.env };
    const profile = await usedProfile('firefox-esr', { home, environment }, 'person');
    readyFor(profile, servers);
    await setUp(home, environment, join(stage.folder, 'state'));
    return new FirefoxDesk(stage, { home, environment }, profile);
  }

  get firefox(): RunningProgram {
    if (!this.#firefox) throw new Error('Firefox was not started');
    return this.#firefox;
  }

  /** Starts Firefox; the person types their PIN when they see that Firefox waits for it. */
  async start(): Promise<RunningProgram> {
    const firefox = await runProgram('firefox-esr', this.#at, this.#profile);
    this.stage.person.thinks = () => tokenDialog(firefox);
    return (this.#firefox = firefox);
  }

  async close(): Promise<void> {
    await this.#firefox?.kill();
    await this.stage.close();
  }
}

/** A profile in which the test's servers are trusted, and no dialog asks which certificate to take. */
export function readyFor(profile: string, servers: readonly DemandingServer[]): void {
  for (const [index, { authority }] of servers.entries())
    execFileSync('certutil', ['-A', '-d', `sql:${profile}`, '-n', `server ${index}`, '-t', 'CT,,', '-i', authority]);
  appendFileSync(join(profile, 'user.js'), 'user_pref("security.default_personal_cert", "Select Automatically");\n');
}

/** Sigill sets up all programs of this home. */
export async function setUp(home: string, environment: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const programs = new SetUp({
    home,
    environment,
    folder,
    certificate: () => Promise.reject(new Error('not asked for')),
  }).for(async () => undefined, new AbortController().signal);
  const { left } = await programs.apply({ authorities: [], accounts: [] });
  if (left.length > 0) throw new Error(`not set up: ${JSON.stringify(left)}`);
}
