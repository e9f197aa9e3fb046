import { join } from 'node:path';
import { type CardCertificate, Failure, type Programs, type ProgramProfile, type SetUpWish } from '@sigill/core';
import type { Secret } from '../pin/secret.js';
import { answers, socketOf } from './bridge.js';
import { dropLeftCopies } from './database-copy.js';
import { findProfiles } from './find-profiles.js';
import { type FoundProfile, withoutContents } from './found-profile.js';
import { readJournals } from './journal.js';
import { modulePlace } from './module-place.js';
import { type FullPlan, planAll } from './plan-all.js';
import type { PlanOptions } from './plan-profile.js';
import { type TestOptions, testProfile } from './test-profile.js';
import { applyEdits, recover, undoAll } from './transaction.js';
import { trySignature } from './try-signature.js';
import { withTurn } from './turn.js';
import type { TransactionOptions } from './undo-one.js';
import { untilClosed } from './until-closed.js';
import { wishedCertificates } from './wished-certificates.js';

/** Asks for the password of a program's database; undefined when it is left as it is, or there is nobody to ask. `isWrong`: the last one was. Fails with `cancelled`. */
export type AskDatabasePassword = (
  profile: ProgramProfile,
  isWrong: boolean,
  signal: AbortSignal,
) => Promise<Secret | undefined>;

export interface SetUpOptions {
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where journals, backups and copies are kept. */
  readonly folder: string;
  /** A certificate or CA certificate of a card, DER. Fails with `certificate-unknown`, `card-removed`. */
  readonly certificate: (which: CardCertificate) => Promise<Uint8Array>;
  /** The module, when it is not where distributions put it. */
  readonly library?: string;
  readonly now?: () => Date;
  readonly step?: (name: string) => void;
}

/** A person's programs and their set-up for the card. */
export class SetUp {
  readonly #options: SetUpOptions;
  readonly #scratch: string;

  constructor(options: SetUpOptions) {
    this.#options = options;
    this.#scratch = join(options.folder, 'scratch');
  }

  /** As `Programs`; waiting and asking end when `signal` aborts. */
  for(ask: AskDatabasePassword, signal: AbortSignal): Programs {
    const { environment } = this.#options;
    return {
      profiles: async () => (await this.#find()).map(withoutContents),
      bridge: async () => {
        const [module, listening] = await Promise.all([this.#library(), answers(socketOf(environment))]);
        return { listening, ...(module !== undefined && { module }) };
      },
      plan: async (wish) => {
        const { changes, left } = await this.#plan(await this.#find(), wish, { signal });
        return { done: changes, left };
      },
      apply: (wish) =>
        this.#turn(async (found) => {
          const password: NonNullable<PlanOptions['password']> = (profile, isWrong) =>
            ask(withoutContents(profile), isWrong, signal);
          const { changes, edits, left } = await this.#plan(found, wish, { signal, password });
          if (signal.aborted) throw new Failure('cancelled', {});
          const late = await applyEdits(this.#transaction(found), edits);
          const undone = new Set(late.map(({ profile }) => profile));
          return { done: changes.filter(({ profile }) => !undone.has(profile)), left: [...left, ...late] };
        }),
      closed: async (id) => {
        const profile = (await this.#find()).find((one) => one.id === id);
        if (profile !== undefined) await untilClosed(profile, signal);
      },
      test: async () => {
        const [found, options] = await Promise.all([this.#find(), this.#testing(signal)]);
        return await Promise.all(found.map((one) => testProfile(one, options)));
      },
      sign: async (id) => {
        const [found, options] = await Promise.all([this.#find(), this.#testing(signal)]);
        const profile = found.find((one) => one.id === id);
        return profile === undefined ? 'untried' : await trySignature(profile, options);
      },
      undo: () => this.#turn(async (found) => undoAll(this.#transaction(found))),
    };
  }

  /** Undoes what was broken off when the host ended in the middle of it, and drops copies that were left. */
  async recover(): Promise<void> {
    await dropLeftCopies(this.#scratch);
    const kept = await readJournals(this.#options.folder);
    if (kept.some(({ journal }) => journal.phase !== 'applied')) await this.#turn(async () => {});
  }

  /** Lends the profiles as they are once what was broken off is undone. */
  async #turn<T>(use: (found: readonly FoundProfile[]) => Promise<T>): Promise<T> {
    return await withTurn(this.#options.folder, async () => {
      await recover(this.#transaction(await this.#find()));
      return await use(await this.#find());
    });
  }

  async #find(): Promise<readonly FoundProfile[]> {
    return await findProfiles({ ...this.#options, library: await this.#library() });
  }

  async #library(): Promise<string | undefined> {
    return this.#options.library ?? (await modulePlace());
  }

  async #plan(
    found: readonly FoundProfile[],
    wish: SetUpWish,
    asking: Pick<PlanOptions, 'signal' | 'password'>,
  ): Promise<FullPlan> {
    const { certificate, environment } = this.#options;
    const wanted = await wishedCertificates(wish, certificate);
    const options = { scratch: this.#scratch, environment, ...asking };
    return await planAll(found, await this.#library(), wanted, options);
  }

  async #testing(signal: AbortSignal): Promise<TestOptions> {
    const { environment } = this.#options;
    return { library: await this.#library(), scratch: this.#scratch, environment, signal };
  }

  #transaction(found: readonly FoundProfile[]): TransactionOptions {
    const { folder, environment, now = () => new Date(), step } = this.#options;
    const runs = async (id: FoundProfile['id']) => (await found.find((one) => one.id === id)?.runs()) ?? false;
    return { folder, scratch: this.#scratch, environment, runs, now, ...(step && { step }) };
  }
}
