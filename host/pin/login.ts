import type { Card, CardId, Pin, PinId } from '@sigill/core';
import { ask, failureOf } from './ask.js';
import { checkField } from './check-field.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { currentField } from './fields.js';
import { needsYes } from './guard.js';
import { HeldPin } from './held-pin.js';
import type { Secret } from './secret.js';

/** A program's wish to use the keys behind a PIN. */
export interface LoginRequest {
  readonly card: CardId;
  readonly pin: PinId;
  /** `sign` for one signature alone. */
  readonly operation: 'login' | 'sign';
  /** What the program was told by its own means; taken over and wiped. Absent: the person is asked. */
  readonly given?: Secret;
}

/** Milliseconds that a login lasts without a use; of a login for one signature, the time until it is made. */
const idle = { login: 15 * 60_000, sign: 60_000 } as const;

/**
 * Presents the PIN once and keeps it for the program. A value that the program brought is not sent when it could cost one of the last
 * tries, or when the card tells no counter: then the person is asked, who can say yes to that and whom it costs nothing to say no.
 * Fails as `verify` does.
 */
export async function login(context: PinContext, request: LoginRequest): Promise<HeldPin> {
  const { given } = request;
  try {
    const card = context.cards.card(request.card);
    const stake = await usable(context, card.id, pinOfCard(card, request.pin), ['ok']);
    if (given !== undefined && !needsYes(stake.triesLeft)) {
      check(context, card, stake, given);
      return await accepted(context, { request, card, stake, secret: given, agreed: false });
    }
    given?.wipe();
    const question = { operation: request.operation, card, fields: [currentField(stake)], stake } as const;
    return await ask(context, question, ({ secrets, agreed }) => {
      const secret = secrets.get('current');
      if (secret === undefined) throw new Error('An answer without the PIN');
      return accepted(context, { request, card, stake, secret, agreed });
    });
  } finally {
    given?.wipe();
  }
}

interface Candidate {
  readonly request: LoginRequest;
  readonly card: Card;
  readonly stake: Pin;
  readonly secret: Secret;
  readonly agreed: boolean;
}

async function accepted(context: PinContext, { request, card, stake, secret, agreed }: Candidate): Promise<HeldPin> {
  const { reader, id } = card;
  const held = new HeldPin({ context, card: id, reader, stake, secret, agreed, idle: idle[request.operation] });
  await held.accept();
  context.knownWrong.forget(card, stake.id);
  return held;
}

function check(context: PinContext, card: Card, stake: Pin, given: Secret): void {
  const fields = [currentField(stake)];
  const knownWrong = (_field: unknown, secret: Secret) =>
    context.knownWrong.has(card, stake.id, secret, stake.triesLeft);
  const found = checkField({ fields, knownWrong }, 'current', new Map([['current', given]]));
  if (found !== undefined) throw failureOf(found);
}
