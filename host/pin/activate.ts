import {
  type Activation,
  type ActivationOutcome,
  type Card,
  type CardId,
  Failure,
  failureData,
  type Pin,
  type PinId,
  type PinOutcome,
} from '@sigill/core';
import { planActivate, probePin } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, pukOfCard, usable } from './current-card.js';
import { codeField, newFields } from './fields.js';
import { locked } from './guard.js';
import { present, type Presentation, probeAndGuard } from './present.js';
import type { PinAnswer } from './prompt.js';
import { profilePin } from './profile-pin.js';
import type { Secret } from './secret.js';
import { acceptedPin, withCard } from './with-card.js';

/**
 * Asks for the activation code once and for each missing PIN twice, and sets them one by one; the first failure ends it,
 * so a wrong code costs one try at most. Fails with `already-activated`, `activation-unknown`, `code-wrong`, and with
 * `activation-incomplete` when at least one PIN was set.
 */
export async function activate(context: PinContext, request: { readonly card: CardId }): Promise<ActivationOutcome> {
  const card = context.cards.card(request.card);
  const activation = activationOf(card);
  const missing = activation.missing.map((id) => pinOfCard(card, id));
  const stakes = await stakesOf(context, card, activation, missing);
  const stake = fewestTries(stakes);
  const single = activation.scheme === 'B';
  const fields = [codeField(activation, stake), ...missing.flatMap(newFields)];
  const question = { operation: 'activate', card, fields, stake, ...(single ? { replaced: 'code' } : {}) } as const;
  const done: PinId[] = [];
  try {
    return await ask(context, question, async (answer) => {
      await withCard(context, card.id, async (session) => {
        const steps = missing.map(({ id }, at) => stepOf(session, activation, id, stakes[at]?.triesLeft, answer));
        // Everything is looked at before anything is sent: a PIN that is set already must never meet the code.
        await stillMissing(session, activation);
        for (const step of steps) await probeAndGuard(context, session, step);
        for (const step of steps) {
          const id = step.target;
          await present(context, session, { ...step, accepted: done.length > 0 });
          context.knownWrong.forget(card, id);
          done.push(id);
        }
      });
      return {
        scheme: activation.scheme,
        pins: withAdvice(
          missing.map(({ id }) => acceptedPin(context, card.id, id)),
          answer.secrets,
        ),
      };
    });
  } catch (error) {
    if (done.length === 0) throw error;
    const left = activation.missing.filter((id) => !done.includes(id));
    throw new Failure('activation-incomplete', { done, missing: left, cause: failureData(error) }, error);
  }
}

function activationOf(card: Card): Activation {
  const { activation } = card;
  if (activation !== undefined && activation.missing.length > 0) return activation;
  const set = card.pins.length > 0 && card.pins.every(({ state }) => state !== 'not-set');
  throw set ? new Failure('already-activated', {}) : new Failure('activation-unknown', {});
}

/** For each missing PIN, whose tries the code uses: its own where the code is its present value (scheme B), else the PUK's. */
async function stakesOf(
  context: PinContext,
  card: Card,
  { scheme }: Activation,
  missing: readonly Pin[],
): Promise<readonly Pin[]> {
  if (scheme === 'B') return Promise.all(missing.map((pin) => usable(context, card.id, pin, ['ok', 'not-set'])));
  const puk = await usable(context, card.id, await pukOfCard(context, card), ['ok', 'not-set']);
  return missing.map(() => puk);
}

function fewestTries(stakes: readonly Pin[]): Pin {
  const [first, ...others] = stakes;
  if (first === undefined) throw new Error('An activation without a missing PIN');
  return others.reduce((least, pin) => ((pin.triesLeft ?? 0) < (least.triesLeft ?? 0) ? pin : least), first);
}

async function stillMissing(session: CardSession, { missing }: Activation): Promise<void> {
  for (const pin of missing) {
    const { state } = await probePin(session.channel, profilePin(session.profile, pin));
    if (state === 'ok') throw new Failure('guard-state-changed', { pin });
    if (state === 'locked') throw locked(pin);
  }
}

/** The setting of one PIN: the code against its own present value (scheme B) or against the PUK. */
function stepOf(
  { profile }: CardSession,
  { scheme }: Activation,
  id: PinId,
  shown: number | undefined,
  { secrets, agreed }: PinAnswer,
): Presentation {
  const target = profilePin(profile, id);
  const single = scheme === 'B';
  return {
    stake: single ? target : profilePin(profile, 'PUK'),
    target: id,
    judged: 'code',
    secrets: { code: secrets.get('code'), new: secrets.get(`new:${id}`) },
    plan: planActivate(profile, scheme, target),
    shown,
    agreed,
    expected: single ? 'not-set' : 'any',
  };
}

/** Marks PINs that got the same digits (product.md §2). */
function withAdvice(outcomes: readonly PinOutcome[], secrets: ReadonlyMap<string, Secret>): readonly PinOutcome[] {
  return outcomes.map((outcome) => {
    const mine = secrets.get(`new:${outcome.pin}`);
    const same = outcomes.some(({ pin }) => {
      const other = secrets.get(`new:${pin}`);
      return pin !== outcome.pin && mine !== undefined && other !== undefined && mine.equals(other);
    });
    return same ? { ...outcome, sameAsOther: true } : outcome;
  });
}
