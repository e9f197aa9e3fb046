import {
  type Card,
  type DocumentSignature,
  Failure,
  type Pin,
  type ProgressStep,
  type SignDocumentsRequest,
} from '@sigill/core';
import type { CardSession } from '../cards/card-access.js';
import { type Answered, ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { currentField } from './fields.js';
import { presentCurrent, verifying } from './present-current.js';
import type { ShownDocument } from './prompt.js';
import { checkDigest, keyOf, makeSignature, planFor } from './sign.js';
import { SigningResults } from './signing-results.js';
import { withCard } from './with-card.js';

/** One consent to several signatures, and who hears how far they are. */
export interface SigningBatch extends SignDocumentsRequest {
  /** What the person is shown, in the order of `documents`. */
  readonly shown: readonly ShownDocument[];
  readonly told?: (step: ProgressStep) => void;
  /** The PIN is accepted, and the card signs this one of `documents` next. */
  readonly begins?: (at: number) => void;
}

/**
 * Signs several documents with one consent that lists them all before the first digit: one PIN and one transaction where the key allows
 * it, else one PIN for each, asked with the document's name. What fails does not lose the others; after a trouble with the PIN or the
 * card the rest is not tried. Fails as `sign` does when nothing was signed.
 */
export async function signDocuments(context: PinContext, batch: SigningBatch): Promise<readonly DocumentSignature[]> {
  const { documents, shown, algorithm, key: id, told = () => {} } = batch;
  const card = context.cards.card(batch.card);
  if (documents.length === 0 || shown.length !== documents.length)
    throw new Failure('call-invalid', { call: 'signDocuments', why: `${documents.length} documents` });
  for (const { digest } of documents) checkDigest('signDocuments', algorithm, digest);
  const key = keyOf(card, id, algorithm);
  const results = new SigningResults(documents.length, told);
  const each = key.eachTime === true && documents.length > 1;
  if (each) await oneByOne(context, batch, card, results);
  else await atOnce(context, batch, card, results);
  return results.all();
}

/** Every document with one PIN, in one transaction. */
async function atOnce(context: PinContext, batch: SigningBatch, card: Card, results: SigningResults): Promise<void> {
  const stake = await stakeOf(context, card, batch);
  const question = {
    operation: 'sign',
    card,
    fields: [currentField(stake)],
    stake,
    documents: { all: batch.shown },
    plan: verifying(stake),
  } as const;
  try {
    await ask(context, question, (answer) =>
      withCard(context, card.id, async (session) => {
        // Before the PIN, so that an algorithm that the card lacks costs nothing.
        for (const { digest } of batch.documents) planFor(session, batch, digest);
        await verified(context, session, stake, answer);
        for (const [at, { digest }] of batch.documents.entries()) {
          await results.take(at, context.signal, () => {
            batch.begins?.(at);
            return makeSignature(session, batch, digest);
          });
        }
      }),
    );
  } catch (error) {
    if (!results.any) throw error;
    results.endWith(error);
  }
}

/** A PIN for each: the first question lists all, and each names its own. */
async function oneByOne(context: PinContext, batch: SigningBatch, card: Card, results: SigningResults): Promise<void> {
  for (const [at, { digest }] of batch.documents.entries()) {
    await results.take(at, context.signal, async () => {
      const now = context.cards.card(card.id);
      const stake = await stakeOf(context, now, batch);
      const documents = { all: batch.shown, each: at };
      const fields = [currentField(stake)];
      const question = { operation: 'sign', card: now, fields, stake, documents, plan: verifying(stake) } as const;
      return await ask(context, question, (answer) =>
        withCard(context, card.id, async (session) => {
          planFor(session, batch, digest);
          await verified(context, session, stake, answer);
          batch.begins?.(at);
          return await makeSignature(session, batch, digest);
        }),
      );
    });
  }
}

async function stakeOf(context: PinContext, card: Card, { key, algorithm }: SigningBatch): Promise<Pin> {
  return await usable(context, card.id, pinOfCard(card, keyOf(card, key, algorithm).pin), ['ok']);
}

/** Presents the PIN once. */
async function verified(context: PinContext, session: CardSession, stake: Pin, answer: Answered): Promise<void> {
  await presentCurrent(context, session, stake, answer);
  context.knownWrong.forget(session.card, stake.id);
}
