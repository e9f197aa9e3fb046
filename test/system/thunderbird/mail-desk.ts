import { X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CardName, testCa } from '@sigill/core/sim';
import { type ProgramsHome, runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { type MailSink, mailSink } from '../login/mail-sink.js';
import { addAccount } from '../login/send-mail.js';
import { cardKey } from './card-keys.js';
import { SigillDesk } from './sigill-desk.js';

/** Where pictures of the windows go. */
export const pictures = fileURLToPath(new URL('../../output/thunderbird/', import.meta.url));

/** What a desk is made with. */
export interface MailDeskWish {
  readonly card: CardName;
  /** The mail address in the card's certificate. */
  readonly address: string;
  /** Words before Sigill's commands: `--simulate fineid-org`, none for real readers. */
  readonly words: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** A person with a card and Sigill, and a Thunderbird on a screen whose account `sigill mail apply` has set up. */
export class MailDesk {
  readonly sigill: SigillDesk;
  readonly sink: MailSink;
  readonly address: string;
  readonly card: CardName;
  readonly #at: ProgramsHome;
  readonly #profile: string;
  #thunderbird: RunningProgram | undefined;

  private constructor(sigill: SigillDesk, sink: MailSink, wish: MailDeskWish, at: ProgramsHome, profile: string) {
    this.sigill = sigill;
    this.sink = sink;
    this.address = wish.address;
    this.card = wish.card;
    this.#at = at;
    this.#profile = profile;
  }

  static async open(wish: MailDeskWish): Promise<MailDesk> {
    mkdirSync(pictures, { recursive: true });
    const sigill = await SigillDesk.open(wish.environment);
    const sink = await mailSink();
    const { environment } = sigill;
    const { DISPLAY: _, ...unseen } = environment;
    const home = environment['HOME'] ?? '';
    const profile = await usedProfile('thunderbird', { home, environment: unseen }, 'person');
    const before = await runProgram('thunderbird', { home, environment: unseen }, profile);
    await addAccount(before, wish.address, sink.port);
    await before.quit();
    await sigill.json([...wish.words, 'mail', 'apply', '--trust', root]);
    await sigill.start(wish.words);
    return new MailDesk(sigill, sink, wish, { home, environment }, profile);
  }

  get thunderbird(): RunningProgram {
    if (!this.#thunderbird) throw new Error('Thunderbird was not started');
    return this.#thunderbird;
  }

  /** Starts Thunderbird, or ends it and starts it again: it is logged in nowhere then. */
  async start(): Promise<RunningProgram> {
    await this.#thunderbird?.quit();
    return (this.#thunderbird = await runProgram('thunderbird', this.#at, this.#profile));
  }

  /** Runs openssl; gives what it prints. Throws with what it complains of. */
  openssl(...args: readonly string[]): string {
    return execFileSync('openssl', args, { encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** A file beside the person's home, written when there is a content. */
  file(name: string, content?: string): string {
    const path = join(this.sigill.home.folder, name);
    if (content !== undefined) writeFileSync(path, content, 'latin1');
    return path;
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'latin1');
  }

  /** PEM files of the card's authorities, of a certificate and of its key. */
  pems(certificate: X509Certificate): { readonly authorities: string; readonly own: string; readonly key: string } {
    const { root: first, issuing } = testCa();
    return {
      authorities: this.file('authorities.pem', [first, ...Object.values(issuing)].map(({ pem }) => pem).join('\n')),
      own: this.file('own.pem', certificate.toString()),
      key: this.file('own.key', cardKey(this.card, certificate)),
    };
  }

  async close(): Promise<void> {
    await this.#thunderbird?.kill();
    this.sink.close();
    await this.sigill.close();
  }
}

/** SHA-256 of the root of the simulated cards, which the person has compared. */
const root = new X509Certificate(testCa().root.der).fingerprint256;
