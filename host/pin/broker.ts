import {
  type Decrypting,
  type DocumentSignature,
  failureData,
  type Language,
  type Log,
  type Pins,
  type Signing,
} from '@sigill/core';
import type { CardAccess } from '../cards/card-access.js';
import { activate } from './activate.js';
import { change } from './change.js';
import type { PinContext } from './context.js';
import { agree, decipher } from './decrypt.js';
import type { HeldPin } from './held-pin.js';
import type { PasswordForm } from './password-form.js';
import { Keypads } from './keypads.js';
import { KnownWrong } from './known-wrong.js';
import { login, type LoginRequest } from './login.js';
import type { PinForm, PinPrompt } from './prompt.js';
import type { Secret } from './secret.js';
import { sign } from './sign.js';
import { type SigningBatch, signDocuments } from './sign-documents.js';
import { Turns } from './turns.js';
import { unlock } from './unlock.js';
import { verify } from './verify.js';

/** Signatures as the host makes them: it knows the documents that a plugin only names. */
export interface CardSigning extends Pick<Signing, 'sign'> {
  /** As `Signing.signDocuments`. */
  signDocuments(batch: SigningBatch): Promise<readonly DocumentSignature[]>;
}

/**
 * The one place where a PIN meets a card: asks the person, guards the tries, sends at most one presentation per consent, wipes.
 * One consent at a time at each prompt. A requester gets outcomes, never digits.
 */
export class PinBroker {
  readonly #cards: CardAccess;
  readonly #prompt: PinPrompt;
  readonly #log: Log;
  readonly #language: () => Language;
  readonly #knownWrong = new KnownWrong();
  readonly #keypads: Keypads;
  readonly #turns = new WeakMap<PinPrompt, Turns>();

  constructor(cards: CardAccess, prompt: PinPrompt, log: Log, language: () => Language = () => 'en') {
    this.#language = language;
    this.#keypads = new Keypads(cards);
    this.#cards = cards;
    this.#prompt = prompt;
    this.#log = log;
  }

  /** PIN operations in the name of `requester`, which the person is shown at `prompt`. `signal` cancels what is still being asked. */
  for(requester: string, signal?: AbortSignal, prompt?: PinPrompt): Pins {
    const run = this.#runner(requester, signal, prompt);
    return {
      verify: (request) => run('verify', (context) => verify(context, request)),
      change: (request) => run('change', (context) => change(context, request)),
      unlock: (request) => run('unlock', (context) => unlock(context, request)),
      activate: (request) => run('activate', (context) => activate(context, request)),
    };
  }

  /** Signatures in the name of `requester`; the key's PIN is asked for each. */
  signing(requester: string, signal?: AbortSignal, prompt?: PinPrompt): CardSigning {
    const run = this.#runner(requester, signal, prompt);
    return {
      sign: (request) => run('sign', (context) => sign(context, request)),
      signDocuments: (batch) => run('sign', (context) => signDocuments(context, batch)),
    };
  }

  /** What a card's keys open, in the name of `requester`; the key's PIN is asked for each. */
  decrypting(requester: string, signal?: AbortSignal, prompt?: PinPrompt): Decrypting {
    const run = this.#runner(requester, signal, prompt);
    return {
      decipher: (request) => run('decrypt', (context) => decipher(context, request)),
      agree: (request) => run('decrypt', (context) => agree(context, request)),
    };
  }

  /** The password of a program's database, asked for in its turn; `undefined` when it is left as it is, or nobody can be asked. Fails with `cancelled`. */
  password(form: PasswordForm, signal: AbortSignal, prompt: PinPrompt = this.#prompt): Promise<Secret | undefined> {
    return this.#turnsAt(prompt).take(signal, async () => await prompt.askPassword?.(form, signal));
  }

  /** Logins of a program that uses keys by itself; `signal` also ends those that last. */
  logins(requester: string, signal?: AbortSignal): { login(request: LoginRequest): Promise<HeldPin> } {
    const run = this.#runner(requester, signal);
    return { login: (request) => run(request.operation, (context) => login(context, request)) };
  }

  #runner(requester: string, signal: AbortSignal = new AbortController().signal, prompt = this.#prompt) {
    const context: PinContext = {
      cards: this.#cards,
      prompt,
      knownWrong: this.#knownWrong,
      keypads: this.#keypads,
      language: this.#language(),
      log: this.#log,
      requester,
      signal,
    };
    return async <T>(operation: PinForm['operation'], use: (context: PinContext) => Promise<T>): Promise<T> => {
      try {
        const outcome = await this.#turnsAt(prompt).take(signal, () => use(context));
        this.#log.info(`${operation} for ${requester}: done`);
        return outcome;
      } catch (error) {
        this.#log.info(`${operation} for ${requester}: ${failureData(error).code}`);
        throw error;
      }
    };
  }

  #turnsAt(prompt: PinPrompt): Turns {
    const turns = this.#turns.get(prompt) ?? new Turns();
    this.#turns.set(prompt, turns);
    return turns;
  }
}
