import type { CardProfile, Plan } from '@sigill/core/card';
import type { Application } from './application.js';
import { CKR } from './constants.js';
import { Refusal } from './refusal.js';
import type { KeyOperation, Session } from './session.js';

/** True when the operation has the PIN that its key wants. */
export function isAllowed(application: Application, session: Session, operation: KeyOperation): boolean {
  return pinFor(application, session, operation)?.alive === true;
}

/**
 * Lets the card work with an operation's key, under the program's login, or under the one given for this use alone.
 * Fails with CKR_USER_NOT_LOGGED_IN, and as `HeldPin.use` does.
 */
export async function useKey(
  application: Application,
  session: Session,
  operation: KeyOperation,
  make: (profile: CardProfile) => Plan,
): Promise<Uint8Array> {
  const held = pinFor(application, session, operation);
  const { key } = operation.object;
  if (held?.alive !== true || key === undefined) throw new Refusal(CKR.USER_NOT_LOGGED_IN);
  try {
    return await held.use(key.id, make);
  } finally {
    operation.held?.dispose();
  }
}

function pinFor(application: Application, session: Session, { object, held }: KeyOperation) {
  return object.key?.userConsent === true ? held : application.logins.of(session);
}
