import {
  type Card,
  Failure,
  type PinId,
  type Signature,
  type SignatureAlgorithm,
  type SignRequest,
} from '@sigill/core';
import { type Plan, planSign, signatureFromCard } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { execute } from './execute.js';
import { currentField } from './fields.js';
import { presentCurrent, verifying } from './present-current.js';
import { withCard } from './with-card.js';

/**
 * Asks for the key's PIN and makes one signature, in one transaction.
 * Fails with `key-unknown`, `key-algorithm`, `call-invalid` before anything is asked or sent, and as `verify` does.
 */
export async function sign(context: PinContext, request: SignRequest): Promise<Signature> {
  const card = context.cards.card(request.card);
  const { key: id, algorithm } = request;
  const digest = request.digest.slice();
  checkDigest('sign', algorithm, digest);
  const stake = await usable(context, card.id, pinOfCard(card, keyOf(card, id, algorithm).pin), ['ok']);
  const plan = verifying(stake);
  const question = { operation: 'sign', card, fields: [currentField(stake)], stake, plan } as const;
  return ask(context, question, (answer) =>
    withCard(context, card.id, async (session) => {
      // Before the PIN, so that an algorithm that the card lacks costs nothing.
      const signing = planFor(session, request, digest);
      await presentCurrent(context, session, stake, answer);
      context.knownWrong.forget(card, stake.id);
      const { data } = await execute(session, signing);
      return { algorithm, value: signatureFromCard(session.profile, algorithm, data) };
    }),
  );
}

/** The digest fits the algorithm. Fails with `call-invalid`. */
export function checkDigest(call: string, algorithm: SignatureAlgorithm, digest: Uint8Array): void {
  if (digest.length !== digestLength(algorithm))
    throw new Failure('call-invalid', { call, why: `digest of ${digest.length} bytes for ${algorithm}` });
}

/** One signature with a key whose PIN is verified. Fails with `key-unknown`, `key-algorithm`, `card-refused`. */
export async function makeSignature(
  session: CardSession,
  request: Pick<SignRequest, 'key' | 'algorithm'>,
  digest: Uint8Array,
): Promise<Uint8Array> {
  const { data } = await execute(session, planFor(session, request, digest));
  return signatureFromCard(session.profile, request.algorithm, data);
}

/** What makes the signature. Fails with `key-unknown`, `key-algorithm`: nothing has been sent then. */
export function planFor(
  { profile }: CardSession,
  { key: id, algorithm }: Pick<SignRequest, 'key' | 'algorithm'>,
  digest: Uint8Array,
): Plan {
  const key = profile.keys.find((each) => each.id === id);
  if (key === undefined) throw new Failure('key-unknown', { id });
  return planSign(profile, key, algorithm, digest);
}

/** The key's facts and its PIN. Fails with `key-unknown`, `key-algorithm`. */
export function keyOf(
  card: Card,
  id: string,
  algorithm: SignatureAlgorithm,
): { readonly pin: PinId; readonly eachTime?: true } {
  const key = card.certificates.find((certificate) => certificate.id === id)?.key;
  if (key?.pin === undefined) throw new Failure('key-unknown', { id });
  if (key.algorithm !== (algorithm.startsWith('RSA') ? 'RSA' : 'EC')) {
    throw new Failure('key-algorithm', { key: id, algorithm });
  }
  return { ...key, pin: key.pin };
}

function digestLength(algorithm: SignatureAlgorithm): number {
  return Number(algorithm.slice(-3)) / 8;
}
