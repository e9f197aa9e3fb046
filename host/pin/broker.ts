import { failureData, type Log, type Pins, type Signing } from '@sigill/core';
import type { CardAccess } from '../cards/card-access.js';
import { activate } from './activate.js';
import { change } from './change.js';
import type { PinContext } from './context.js';
import type { HeldPin } from './held-pin.js';
import { KnownWrong } from './known-wrong.js';
import { login, type LoginRequest } from './login.js';
import type { PinForm, PinPrompt } from './prompt.js';
import { sign } from './sign.js';
import { Turns } from './turns.js';
import { unlock } from './unlock.js';
import { verify } from './verify.js';

/**
 * The one place where a PIN meets a card: asks the person, guards the tries, sends at most one presentation per consent, wipes.
 * One consent at a time. A requester gets outcomes, never digits.
 */
export class PinBroker {
  readonly #cards: CardAccess;
  readonly #prompt: PinPrompt;
  readonly #log: Log;
  readonly #knownWrong = new KnownWrong();
  readonly #turns = new Turns();

  constructor(cards: CardAccess, prompt: PinPrompt, log: Log) {
    this.#cards = cards;
    this.#prompt = prompt;
    this.#log = log;
  }

  /** PIN operations in the name of `requester`, which the person is shown. `signal` cancels what is still being asked. */
  for(requester: string, signal?: AbortSignal): Pins {
    const run = this.#runner(requester, signal);
    return {
      verify: (request) => run('verify', (context) => verify(context, request)),
      change: (request) => run('change', (context) => change(context, request)),
      unlock: (request) => run('unlock', (context) => unlock(context, request)),
      activate: (request) => run('activate', (context) => activate(context, request)),
    };
  }

  /** Signatures in the name of `requester`; the key's PIN is asked for each. */
  signing(requester: string, signal?: AbortSignal): Signing {
    const run = this.#runner(requester, signal);
    return { sign: (request) => run('sign', (context) => sign(context, request)) };
  }

  /** Logins of a program that uses keys by itself; `signal` also ends those that last. */
  logins(requester: string, signal?: AbortSignal): { login(request: LoginRequest): Promise<HeldPin> } {
    const run = this.#runner(requester, signal);
    return { login: (request) => run(request.operation, (context) => login(context, request)) };
  }

  #runner(requester: string, signal: AbortSignal = new AbortController().signal) {
    const context: PinContext = {
      cards: this.#cards,
      prompt: this.#prompt,
      knownWrong: this.#knownWrong,
      log: this.#log,
      requester,
      signal,
    };
    return async <T>(operation: PinForm['operation'], use: (context: PinContext) => Promise<T>): Promise<T> => {
      try {
        const outcome = await this.#turns.take(signal, () => use(context));
        this.#log.info(`${operation} for ${requester}: done`);
        return outcome;
      } catch (error) {
        this.#log.info(`${operation} for ${requester}: ${failureData(error).code}`);
        throw error;
      }
    };
  }
}
