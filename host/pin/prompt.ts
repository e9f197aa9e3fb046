import type { Card, FailureData, LocalText, PinId, PinRole } from '@sigill/core';
import type { PasswordPrompt } from './password-form.js';
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

/** A document that is to be signed, as the host itself has found it. */
export interface ShownDocument {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of the document's bytes, hex. */
  readonly sha256: string;
}

/** The documents of one consent. */
export interface ShownDocuments {
  readonly all: readonly ShownDocument[];
  /** The card wants the PIN for each: which of them this question is for, from 0. The first question speaks for the list. */
  readonly each?: number;
}

/** What is asked of a person in one consent. */
export interface PinForm {
  readonly operation: 'verify' | 'change' | 'unlock' | 'activate' | 'sign' | 'login' | 'decrypt';
  /** The program or plugin that asks. */
  readonly requester: string;
  readonly card: Card;
  readonly fields: readonly SecretField[];
  /** The secret whose tries are at stake, and how many are left; unknown when the card does not tell. */
  readonly atStake: { readonly pin: PinId; readonly triesLeft?: number; readonly triesMax?: number };
  /** True when at most two tries are left, or the card tells no counter: the person must say yes to that, apart. */
  readonly lastTries: boolean;
  /** What is to be signed, when that is known. */
  readonly documents?: ShownDocuments;
  /** Checks what was typed so far, field by field, without a card: length, digits, the same twice. */
  check(field: string, typed: ReadonlyMap<string, Secret>): FailureData | undefined;
}

/** A form whose fields may be checked elsewhere, so that it takes a moment. */
export interface DistantForm extends Omit<PinForm, 'check'> {
  check(field: string, typed: ReadonlyMap<string, Secret>): FailureData | undefined | Promise<FailureData | undefined>;
}

/** The answer to a form; the broker takes over the secrets and wipes them. */
export interface PinAnswer {
  readonly secrets: ReadonlyMap<string, Secret>;
  /** True only when `lastTries` was asked and the person said yes to it; the broker refuses without. */
  readonly agreed: boolean;
}

/** Where digits come from: a terminal, standard input, the window's PIN page; passwords of databases too, where `askPassword` is there. */
export interface PinPrompt extends Partial<PasswordPrompt> {
  /**
   * Asks. Fails with `cancelled`, with `guard-last-tries` or `guard-tries-unknown` when the person does not agree, with
   * the failure of a field check when there is nobody to ask again. Ends soon after `signal` aborts.
   */
  ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer>;
  /**
   * Says that the digits are to be typed on the reader's own keypad, takes the yes to the last tries before that, and shows it for as
   * long as `present` runs; its signal aborts when the person cancels here. Fails as `ask` and `present` do. Absent where nobody can
   * be told: then the reader's keypad is not used.
   */
  typeOnReader?<T>(form: PinForm, signal: AbortSignal, present: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** A prompt that takes forms of either kind: it can stand in another process than the cards. */
export interface DistantPrompt extends PinPrompt {
  ask(form: DistantForm, signal: AbortSignal): Promise<PinAnswer>;
  typeOnReader?<T>(form: DistantForm, signal: AbortSignal, present: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
