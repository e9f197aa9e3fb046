import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { SetUp } from '../../../host/programs/set-up.js';
import { type ProgramsHome, runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { type CardDesk, cardDesk } from '../card-desk.js';
import type { DemandingServer } from './demanding-server.js';
import { PinScreen } from './pin-screen.js';

/** A person's desk with a card, and a Firefox whose profile Sigill has set up. */
export class FirefoxDesk {
  readonly desk: CardDesk;
  readonly screen: PinScreen;
  readonly #at: ProgramsHome;
  readonly #profile: string;
  #firefox: RunningProgram | undefined;

  private constructor(desk: CardDesk, screen: PinScreen, at: ProgramsHome, profile: string) {
    this.desk = desk;
    this.screen = screen;
    this.#at = at;
    this.#profile = profile;
  }

  /** Makes a profile that trusts the servers and takes the first certificate that fits, and has Sigill set it up. */
  static async open(card: string, servers: readonly DemandingServer[]): Promise<FirefoxDesk> {
    const desk = await cardDesk(card);
    const { environment } = desk;
    const at = { home: environment['HOME'] ?? '', environment };
    const [screen, profile] = await Promise.all([
      PinScreen.open(desk.person),
      usedProfile('firefox-esr', at, 'person'),
    ]);
    readyFor(profile, servers);
    await setUp(at.home, environment, desk.file('state'));
    return new FirefoxDesk(desk, screen, at, profile);
  }

  get firefox(): RunningProgram {
    if (!this.#firefox) throw new Error('Firefox was not started');
    return this.#firefox;
  }

  /** Starts Firefox, after the one that ran has ended. */
  async start(): Promise<RunningProgram> {
    await this.#firefox?.quit();
    return (this.#firefox = await runProgram('firefox-esr', this.#at, this.#profile));
  }

  async close(): Promise<void> {
    await this.#firefox?.kill();
    await this.screen.close();
    await this.desk.close();
  }
}

/** A profile in which the test's servers are trusted, and no dialog asks which certificate to take. */
export function readyFor(profile: string, servers: readonly DemandingServer[]): void {
  for (const [index, { authority }] of servers.entries())
    execFileSync('certutil', ['-A', '-d', `sql:${profile}`, '-n', `server ${index}`, '-t', 'CT,,', '-i', authority]);
  appendFileSync(`${profile}/user.js`, 'user_pref("security.default_personal_cert", "Select Automatically");\n');
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
