import { type Card, Failure, type FailureData, type Pin } from '@sigill/core';
import type { CardProfile, Plan } from '@sigill/core/card';
import { checkField, type FieldRules } from './check-field.js';
import type { PinContext } from './context.js';
import { needsYes } from './guard.js';
import { type Keypad, keypadFor, type KeypadUse } from './keypads.js';
import type { PinAnswer, PinForm, SecretField, ShownDocuments } from './prompt.js';
import { wipeAll } from './secret.js';
import { unlessAborted } from './turns.js';

/** One question to the person, in the broker's words. */
export interface Question {
  readonly operation: PinForm['operation'];
  readonly card: Card;
  readonly fields: readonly SecretField[];
  /** The PIN or PUK whose tries are at stake, as it was last read. */
  readonly stake: Pin;
  /** See `FieldRules`. */
  readonly replaced?: string;
  /** What is to be signed. */
  readonly documents?: ShownDocuments;
  /** What is to be sent, if the digits may be typed on the reader's own keypad. */
  readonly plan?: (profile: CardProfile) => Plan;
}

/** An answer, or that it is given on the reader's keypad. */
export interface Answered extends PinAnswer {
  readonly keypad?: KeypadUse;
}

/**
 * Asks the person, on the reader's own keypad where it has one that will do: then the answer has no secrets. Else checks each field once more, and lends the answer to `use`; every secret is wiped at the end, whatever happened.
 * Fails as the prompt does, and with `cancelled`, `card-removed`, `secret-…`, `guard-known-wrong`.
 */
export async function ask<T>(
  context: PinContext,
  question: Question,
  use: (answer: Answered) => Promise<T>,
): Promise<T> {
  const form = formOf(context, question);
  const { plan } = question;
  const keypad = plan && (await keypadFor(context, question.card, plan));
  if (keypad !== undefined) return await askOnReader(context, question.card, form, keypad, use);
  const answer = await whileCardIsIn(context, question.card, (signal) => {
    if (signal.aborted) throw new Failure('cancelled', {});
    const asked = context.prompt.ask(form, signal);
    return unlessAborted(asked, signal).catch((error: unknown) => {
      // A prompt that answers after all gets its secrets wiped, not used.
      asked.then(({ secrets }) => wipeAll(secrets)).catch(() => undefined);
      throw error;
    });
  });
  try {
    for (const { name } of form.fields) {
      const found = form.check(name, answer.secrets);
      if (found !== undefined) throw failureOf(found);
    }
    return await use({ secrets: answer.secrets, agreed: form.lastTries && answer.agreed });
  } finally {
    wipeAll(answer.secrets);
  }
}

/** What is said while the person types on the reader; what came of it stands, whatever the prompt says meanwhile. */
async function askOnReader<T>(
  context: PinContext,
  card: Card,
  form: PinForm,
  keypad: Keypad,
  use: (answer: Answered) => Promise<T>,
): Promise<T> {
  const { prompt } = context;
  let outcome: Promise<T> | undefined;
  const present = (signal: AbortSignal): Promise<T> => {
    outcome = use({ secrets: new Map(), agreed: form.lastTries, keypad: { ...keypad, signal } });
    return outcome;
  };
  try {
    return await whileCardIsIn(context, card, async (signal) => {
      if (signal.aborted || prompt.typeOnReader === undefined) throw new Failure('cancelled', {});
      return await prompt.typeOnReader(form, signal, present);
    });
  } catch (error) {
    if (outcome !== undefined) return await outcome;
    throw error;
  }
}

/** Asks for as long as the card stays in: a question about a card that is gone is taken back, and fails with `card-removed`. */
async function whileCardIsIn<T>(
  { cards, signal }: PinContext,
  { reader }: Card,
  asking: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  const watch = cards.events.subscribe(({ kind, reader: where }) => {
    if (where === reader && (kind === 'card-removed' || kind === 'reader-left')) gone.abort();
  });
  try {
    return await asking(AbortSignal.any([signal, gone.signal]));
  } catch (error) {
    throw gone.signal.aborted && !signal.aborted ? new Failure('card-removed', { reader }, error) : error;
  } finally {
    watch.unsubscribe();
  }
}

/** The failure that `data` describes. */
export function failureOf(data: FailureData): Failure {
  return new Failure(data.code, data.facts as never);
}

function formOf(context: PinContext, { operation, card, fields, stake, replaced, documents }: Question): PinForm {
  const rules: FieldRules = {
    fields,
    ...(replaced === undefined ? {} : { replaced }),
    knownWrong: (_field, secret) => context.knownWrong.has(card, stake.id, secret, stake.triesLeft),
  };
  return {
    operation,
    requester: context.requester,
    card,
    fields,
    atStake: {
      pin: stake.id,
      ...(stake.triesLeft === undefined ? {} : { triesLeft: stake.triesLeft }),
      ...(stake.triesMax === undefined ? {} : { triesMax: stake.triesMax }),
    },
    lastTries: needsYes(stake.triesLeft),
    ...(documents === undefined ? {} : { documents }),
    check: (name, typed) => checkField(rules, name, typed),
  };
}
