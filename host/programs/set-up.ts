import { join } from 'node:path';
import type {
  Bridge,
  CardCertificate,
  LeftProfile,
  ProfileId,
  Programs,
  ProgramProfile,
  SetUpChange,
  SetUpOutcome,
  SetUpWish,
} from '@sigill/core';
import { Failure } from '@sigill/core';
import type { Secret } from '../pin/secret.js';
import { answers, socketOf } from './bridge.js';
import type { FileEdit } from './file-edit.js';
import { findProfiles } from './find-profiles.js';
import type { FoundProfile } from './found-profile.js';
import { readJournals } from './journal.js';
import { modulePlace } from './module-place.js';
import { planProfile, type ProfileWish } from './plan-profile.js';
import { testProfile } from './test-profile.js';
import { applyEdits, recover, type TransactionOptions, undoAll } from './transaction.js';
import { trySignature } from './try-signature.js';
import { withTurn } from './turn.js';

/** Asks for the password of a program's database; undefined when there is nobody to ask. `isWrong`: the last one was. */
export interface DatabasePasswordPrompt {
  ask(profile: ProgramProfile, isWrong: boolean, signal: AbortSignal): Promise<Secret | undefined>;
}

export interface SetUpOptions {
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where journals, backups and copies are kept. */
  readonly folder: string;
  /** A certificate or CA certificate of a card, DER. Fails with `certificate-unknown`, `card-removed`. */
  readonly certificate: (which: CardCertificate) => Promise<Uint8Array>;
  readonly prompt: DatabasePasswordPrompt;
  /** The module, when it is not where distributions put it. */
  readonly library?: string;
  readonly now?: () => Date;
  readonly step?: (name: string) => void;
}

/** Milliseconds between two looks whether a program has ended: no file tells it. */
const pause = 500;

/** A person's programs and their set-up for the card. */
export class SetUp {
  readonly #options: SetUpOptions;
  readonly #scratch: string;

  constructor(options: SetUpOptions) {
    this.#options = options;
    this.#scratch = join(options.folder, 'scratch');
  }

  /** As `Programs`; waiting and asking end when `signal` aborts. */
  for(signal: AbortSignal): Programs {
    return {
      profiles: async () => (await this.#find()).map(known),
      bridge: () => this.#bridge(),
      plan: (wish) => this.#plan(wish),
      apply: (wish) => this.#turn(() => this.#apply(wish, signal)),
      closed: (profile) => this.#closed(profile, signal),
      test: async () => {
        const [found, library] = await Promise.all([this.#find(), this.#library()]);
        const { environment } = this.#options;
        const options = { library, scratch: this.#scratch, environment };
        return await Promise.all(found.map((one) => testProfile(one, options)));
      },
      sign: async (profile) => {
        const found = (await this.#find()).find((one) => one.id === profile);
        const options = {
          library: await this.#library(),
          scratch: this.#scratch,
          environment: this.#options.environment,
        };
        return found === undefined ? 'untried' : await trySignature(found, options, signal);
      },
      undo: () => this.#turn(async () => undoAll(this.#transaction(await this.#find()))),
    };
  }

  /** Undoes what was broken off when the host ended in the middle of it. */
  async recover(): Promise<void> {
    const kept = await readJournals(this.#options.folder);
    if (kept.some(({ journal }) => journal.phase !== 'applied')) await this.#turn(async () => {});
  }

  async #turn<T>(use: () => Promise<T>): Promise<T> {
    return await withTurn(this.#options.folder, async () => {
      await recover(this.#transaction(await this.#find()));
      return await use();
    });
  }

  async #find(): Promise<readonly FoundProfile[]> {
    return await findProfiles({ ...this.#options, library: await this.#library() });
  }

  async #library(): Promise<string | undefined> {
    return this.#options.library ?? (await modulePlace());
  }

  async #bridge(): Promise<Bridge> {
    const [module, listening] = await Promise.all([this.#library(), answers(socketOf(this.#options.environment))]);
    return { listening, ...(module !== undefined && { module }) };
  }

  async #plan(wish: SetUpWish): Promise<SetUpOutcome> {
    const { changes, left } = await this.#compare(wish);
    return { done: changes, left };
  }

  async #apply(wish: SetUpWish, signal: AbortSignal): Promise<SetUpOutcome> {
    const ask = (profile: FoundProfile, isWrong: boolean) => this.#options.prompt.ask(known(profile), isWrong, signal);
    const { found, changes, edits, left } = await this.#compare(wish, ask);
    if (signal.aborted) throw new Failure('cancelled', {});
    const late = await applyEdits(this.#transaction(found), edits);
    const undone = new Set(late.map(({ profile }) => profile));
    return { done: changes.filter(({ profile }) => !undone.has(profile)), left: [...left, ...late] };
  }

  async #compare(wish: SetUpWish, password?: (profile: FoundProfile, isWrong: boolean) => Promise<Secret | undefined>) {
    const [found, library] = await Promise.all([this.#find(), this.#library()]);
    const changes: SetUpChange[] = [];
    const edits: FileEdit[] = [];
    const left: LeftProfile[] = [];
    const wanted = await this.#certificates(wish);
    const { environment } = this.#options;
    for (const profile of found) {
      const bar = profile.bar ?? (library === undefined ? 'module' : undefined);
      if (bar !== undefined || library === undefined) {
        left.push({ profile: profile.id, why: bar ?? 'module' });
        continue;
      }
      const own = {
        library,
        authorities: wanted.authorities,
        accounts: wanted.accounts.filter((one) => one.profile === profile.id),
      };
      const plan = await planProfile(profile, own, {
        scratch: this.#scratch,
        environment,
        ...(password && { password }),
      });
      changes.push(...plan.changes);
      edits.push(...plan.edits);
      if (plan.bar !== undefined) left.push({ profile: profile.id, why: plan.bar });
    }
    return { found, changes, edits, left };
  }

  async #certificates({ authorities, accounts }: SetUpWish) {
    const { certificate } = this.#options;
    const der = async (which: CardCertificate | undefined) => which && (await certificate(which));
    return {
      authorities: await Promise.all(
        authorities.map(async (one) => ({ der: await certificate(one), trusted: one.trusted })),
      ),
      accounts: (await Promise.all(
        accounts.map(async ({ profile, identity, signing, encryption }) => {
          const [sign, decrypt] = await Promise.all([der(signing), der(encryption)]);
          return { profile, identity, ...(sign && { signing: sign }), ...(decrypt && { encryption: decrypt }) };
        }),
      )) satisfies readonly (ProfileWish['accounts'][number] & { readonly profile: ProfileId })[],
    };
  }

  async #closed(id: ProfileId, signal: AbortSignal): Promise<void> {
    const profile = (await this.#find()).find((one) => one.id === id);
    while (profile !== undefined && (await profile.runs())) {
      if (signal.aborted) throw new Failure('cancelled', {});
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  }

  #transaction(found: readonly FoundProfile[]): TransactionOptions {
    const { folder, environment, now = () => new Date(), step } = this.#options;
    const runs = async (id: ProfileId) => (await found.find((one) => one.id === id)?.runs()) ?? false;
    return { folder, scratch: this.#scratch, environment, runs, now, ...(step && { step }) };
  }
}

/** What plugins may see of a profile: no contents of its files. */
function known({ id, program, packaging, name, folder, bar, registered, identities }: FoundProfile): ProgramProfile {
  return { id, program, packaging, name, folder, registered, identities, ...(bar !== undefined && { bar }) };
}
