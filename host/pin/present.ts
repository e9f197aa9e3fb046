import { Failure, type PinId } from '@sigill/core';
import {
  type Plan,
  type PlannedCommand,
  pinVerdict,
  probePin,
  type ProfilePin,
  type Response,
  type SecretName,
} from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { fillCommand, type PlanSecrets } from './fill-command.js';
import { guard, type GuardFacts, locked } from './guard.js';
import type { KeypadUse } from './keypads.js';
import { carries, lostAnswer } from './lost-answer.js';
import { presentOnReader } from './present-on-reader.js';

const done = 0x9000;

/** One presentation of a secret that a person has agreed to. */
export interface Presentation {
  /** The PIN or PUK whose tries are at stake. */
  readonly stake: ProfilePin;
  /** The secret of the plan that the card judges. */
  readonly judged: Exclude<SecretName, 'new'>;
  readonly secrets: PlanSecrets;
  /** The digits are typed on the reader's keypad; `secrets` is empty then. */
  readonly keypad?: KeypadUse | undefined;
  readonly plan: Plan;
  /** The PIN that the plan is to set; `stake` when it sets none. */
  readonly target: PinId;
  readonly shown: number | undefined;
  readonly agreed: boolean;
  readonly expected: GuardFacts['expected'];
  /** The card has accepted this very secret before in the same transaction. */
  readonly accepted?: boolean;
}

/**
 * Probes, asks the guard, and sends the plan: each command once, whatever comes back.
 * Fails with `guard-…`, `pin-…`, `puk-…`, `code-wrong`, `card-refused`, `cancelled`, and with `outcome-unknown` when the
 * answer to a command with a secret did not arrive. Only what comes before such a command may fail with `card-reset`.
 */
export async function present(context: PinContext, session: CardSession, presentation: Presentation): Promise<void> {
  const plan = await probeAndGuard(context, session, presentation);
  let presented = false;
  for (const planned of plan) {
    // The last moment to turn back: from the first command with a secret on, the plan is carried to its end.
    if (!presented && (context.signal.aborted || presentation.keypad?.signal.aborted === true))
      throw new Failure('cancelled', {});
    if (!presented && carries(planned)) {
      presented = true;
      session.presenting();
    }
    const { status } = await send(session, planned, presentation);
    judge(context, session, planned, presentation, status);
  }
}

/**
 * Asks the card for the counter, without a try spent, throws what the guard refuses with, and gives what is to be sent: a
 * secret that counts as verified already is not presented once more.
 */
export async function probeAndGuard(
  context: PinContext,
  session: CardSession,
  { stake, judged, secrets, keypad, plan, shown, agreed, expected, accepted = false }: Presentation,
): Promise<Plan> {
  const value = secrets[judged];
  if (value === undefined && keypad === undefined) throw new Error(`A presentation of ${stake.id} without ${judged}`);
  const fresh = await probePin(session.channel, stake);
  const rest = plan.filter((planned) => !carries(planned, judged));
  if (accepted && fresh.status === done && rest.length < plan.length && rest.length > 0) return rest;
  // What is typed on the reader nobody here can know.
  const knownWrong = value !== undefined && context.knownWrong.has(session.card, stake.id, value, fresh.triesLeft);
  const refusal = guard({ pin: stake.id, fresh, shown, agreed, knownWrong, expected });
  if (refusal !== undefined) throw refusal;
  return plan;
}

/** Sends one command, its secrets filled in at the last moment and wiped when the answer is there. */
async function send(
  session: CardSession,
  planned: PlannedCommand,
  presentation: Presentation,
): Promise<Pick<Response, 'status'>> {
  const { keypad } = presentation;
  if (keypad !== undefined && carries(planned)) return await presentOnReader(session, planned, presentation, keypad);
  const filled = fillCommand(planned, presentation.secrets);
  try {
    return await session.channel.send(filled.command);
  } catch (error) {
    throw carries(planned) ? lostAnswer(planned, presentation, error) : error;
  } finally {
    // The channel wipes its own bytes. Beyond our reach are the driver's copies, in pcscd and on the way to the reader.
    filled.wipe();
  }
}

/** Turns a status word into nothing (done) or the failure that it means for the secret in this command. */
function judge(
  context: PinContext,
  session: CardSession,
  planned: PlannedCommand,
  { stake, judged, secrets }: Presentation,
  status: number,
): void {
  if (status === done) return;
  const refused = new Failure('card-refused', { step: planned.step, status: status.toString(16).padStart(4, '0') });
  // A new value alone has no tries: a refusal of it is never called a wrong PUK.
  if (!carries(planned, judged)) throw refused;
  const verdict = pinVerdict(status);
  const value = secrets[judged];
  if (verdict.kind === 'wrong') {
    if (value !== undefined) context.knownWrong.remember(session.card, stake.id, value, verdict.triesLeft);
    throw verdict.triesLeft === 0 ? locked(stake.id) : wrong(judged, stake.id, verdict.triesLeft);
  }
  if (verdict.kind === 'locked') throw locked(stake.id);
  if (verdict.kind === 'not-set' && judged === 'current') throw new Failure('pin-not-set', { pin: stake.id });
  throw refused;
}

function wrong(judged: Presentation['judged'], pin: PinId, triesLeft: number | undefined): Failure {
  const tries = triesLeft === undefined ? {} : { triesLeft };
  if (judged === 'puk') return new Failure('puk-wrong', tries);
  return judged === 'code' ? new Failure('code-wrong', tries) : new Failure('pin-wrong', { pin, ...tries });
}
