/**
 * Every way a request can fail, with the facts that belong to it.
 * Facts are plain data: they cross processes and stand in `--json` errors.
 */
export interface Failures {
  // The world around: readers and cards.
  'service-absent': { why: string };
  /** Nobody takes a card at this address of vpcd. */
  'vpcd-absent': { address: string };
  'no-reader': Record<never, never>;
  'no-card': { reader?: string };
  'reader-unknown': { reader: string; readers: readonly string[] };
  'reader-choice': { readers: readonly string[] };
  'reader-busy': { reader: string };
  'simulated-busy': { card: string };
  'reader-error': { reader: string; why: string };
  'card-removed': { reader: string };
  'card-reset': { reader: string };
  'card-unrecognised': { reader: string; atr: string };
  'card-malformed': { what: string };
  /** The card answered with a status word (ISO 7816-4 §5.6) that the step does not allow. `status` as four hex digits. */
  'card-refused': { step: string; status: string };
  'certificate-unknown': { id: string };
  'certificate-invalid': { why: string };
  'key-unknown': { id: string };
  'key-algorithm': { key: string; algorithm: string };
  'key-test-failed': { key: string };

  // PINs. `pin` is an id such as `PIN1`; never a value.
  'pin-unknown': { pin: string; pins: readonly string[] };
  'pin-not-set': { pin: string };
  'pin-wrong': { pin: string; triesLeft?: number };
  'pin-locked': { pin: string };
  'puk-wrong': { triesLeft?: number };
  'puk-locked': Record<never, never>;
  'puk-absent': Record<never, never>;
  'code-wrong': { triesLeft?: number };
  'already-activated': Record<never, never>;
  'activation-unknown': Record<never, never>;
  'secret-length': { field: string; min: number; max: number };
  'secret-not-digits': { field: string };
  'secret-differs': { field: string };
  /** The new value equals the one it is to replace. */
  'secret-same': { field: string };
  'secret-missing': { field: string };

  // The guard refused: nothing was sent, no try was spent.
  'guard-last-tries': { pin: string; triesLeft: number };
  'guard-known-wrong': { pin: string };
  'guard-tries-changed': { pin: string; shown: number; triesLeft: number };
  'guard-tries-unknown': { pin: string };
  /** The PIN has been set by another program since it was shown. */
  'guard-state-changed': { pin: string };

  cancelled: Record<never, never>;
  /** The answer to a PIN command was lost, so the try may or may not have been spent; `triesLeft` was read afterwards when the card could still be read. */
  'outcome-unknown': { pin: string; triesLeft?: number };
  /** An activation stopped part-way: what is set, what is not, and why. */
  'activation-incomplete': { done: readonly string[]; missing: readonly string[]; cause: FailureData };

  // Plugins and the program itself.
  'manifest-invalid': { path: string; why: string };
  'profile-invalid': { path: string; why: string };
  /** It was there when the program started. */
  'plugin-gone': { plugin: string; folder: string };
  'plugin-unknown': { plugin: string };
  'plugin-version': { plugin: string; needs: string; has: string };
  'plugin-ended': { plugin: string };
  'plugin-slow': { plugin: string; call: string };
  'plugin-failed': { plugin: string; why: string };
  'permission-missing': { plugin: string; permission: string };
  'call-unknown': { call: string };
  'call-invalid': { call: string; why: string };
  'command-unknown': { command: string };
  'panel-unknown': { panel: string };
  'setting-unknown': { key: string };
  'setting-invalid': { key: string; why: string };
  /** What was typed for a plugin looks like a card's code; it was not given to it. */
  'value-like-code': { label: string };
  /** No host of this person is running. */
  'host-absent': Record<never, never>;
  /** The host that ran was ended while a command was under way in it. */
  'host-ended': Record<never, never>;
  usage: { why: string };
  'file-unwritable': { path: string; why: string };
  'file-unreadable': { path: string; why: string };
  'document-unknown': Record<never, never>;
  /** A place for documents has no room for another one. */
  'documents-full': { most: number };
  /** Bytes outside of the document, or bytes of the document itself that were to be changed. */
  'document-range': { offset: number; length: number };
  /** The journal of signatures cannot take an entry: nothing is signed or delivered without one. */
  'journal-unwritable': { path: string; why: string };
  /** The journal is not as it was written; `line` from 1 is the first that is not. */
  'journal-damaged': { path: string; line: number; why: string };
  /** Another program wrote to the document while it was in use. */
  'document-changed': { name: string };
  'net-refused': { url: string; why: string };
  'net-unreachable': { url: string; why: string };
  'net-slow': { url: string; seconds: number };
  'net-too-large': { url: string; most: number };
  /** A time-stamp authority answered, but with no token: `why` in its own words. */
  'tsa-refused': { url: string; why: string };
  /** What it answered is no token over what was asked. */
  'tsa-answer-invalid': { url: string; why: string };
  /** What a long-term signature must carry could not be had; `certificate` is the name of the one that it is about. */
  'evidence-missing': { certificate: string; why: string };
  /** ISO 8601. */
  'certificate-revoked': { certificate: string; time: string };
  'simulation-unknown': { card: string; cards: readonly string[] };
  internal: { why: string };
}

export type FailureCode = keyof Failures;

/** A failure as plain data: what crosses a process or stands in a JSON answer. */
export interface FailureData {
  readonly code: FailureCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

const brand = Symbol.for('sigill:Failure');

/** A failure the person can be told about. Its `code` is also the key of its message in `host/messages`. A bug is an ordinary `Error`. */
export class Failure<C extends FailureCode = FailureCode> extends Error {
  override readonly name = 'Failure';
  readonly [brand] = true;
  readonly code: C;
  readonly facts: Failures[C];

  constructor(code: C, facts: Failures[C], cause?: unknown) {
    super(code, { cause });
    this.code = code;
    this.facts = facts;
  }
}

/** True for a failure from any copy of this module, which `instanceof` cannot promise. */
export function isFailure<C extends FailureCode>(error: unknown, code?: C): error is Failure<C> {
  return error instanceof Error && brand in error && (code === undefined || (error as Failure).code === code);
}

/** The plain data of any error: a failure keeps its code and facts, a bug becomes `internal`. */
export function failureData(error: unknown): FailureData {
  if (isFailure(error)) return { code: error.code, facts: error.facts as Readonly<Record<string, unknown>> };
  return { code: 'internal', facts: { why: error instanceof Error ? error.message : String(error) } };
}
