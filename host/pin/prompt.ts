import type { Card, FailureData, LocalText, PinId, PinRole } from '@sigill/core';
import type { Secret } from './secret.js';

/** One secret that a person is asked for. */
export interface SecretField {
  /** `current`, `puk`, `code`, `new:PIN1`, `again:PIN1`, … in the order asked. */
  readonly name: string;
  readonly kind: 'current' | 'puk' | 'code' | 'new' | 'again';
  /** The PIN that it belongs to. */
  readonly pin: PinId;
  readonly role: PinRole;
  readonly label: LocalText;
  /** Digits allowed. */
  readonly minLength: number;
  readonly maxLength: number;
}

/** What is asked of a person in one consent. */
export interface PinForm {
  readonly operation: 'verify' | 'change' | 'unlock' | 'activate' | 'sign' | 'login';
  /** The program or plugin that asks. */
  readonly requester: string;
  readonly card: Card;
  readonly fields: readonly SecretField[];
  /** The secret whose tries are at stake, and how many are left; unknown when the card does not tell. */
  readonly atStake: { readonly pin: PinId; readonly triesLeft?: number; readonly triesMax?: number };
  /** True when at most two tries are left, or the card tells no counter: the person must say yes to that, apart. */
  readonly lastTries: boolean;
  /** Checks what was typed so far, field by field, without a card: length, digits, the same twice. */
  check(field: string, typed: ReadonlyMap<string, Secret>): FailureData | undefined;
}

/** The answer to a form; the broker takes over the secrets and wipes them. */
export interface PinAnswer {
  readonly secrets: ReadonlyMap<string, Secret>;
  /** True only when `lastTries` was asked and the person said yes to it; the broker refuses without. */
  readonly agreed: boolean;
}

/** Where digits come from: a terminal, standard input, the window's PIN page. */
export interface PinPrompt {
  /**
   * Asks. Fails with `cancelled`, with `guard-last-tries` or `guard-tries-unknown` when the person does not agree, with
   * the failure of a field check when there is nobody to ask again. Ends soon after `signal` aborts.
   */
  ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer>;
}
