import { steadyBytes } from '@sigill/core/card';
import { Secret } from '../pin/secret.js';
import type { Application } from './application.js';
import { CKF, CKR, CKS, CKU } from './constants.js';
import type { Functions } from './function.js';
import { notAtOnce } from './not-at-once.js';
import { Refusal, require } from './refusal.js';
import { endDecrypting, endOperations, endSigning, type Session } from './session.js';

/** Sessions and logins. */
export const sessionFunctions: Functions = {
  C_OpenSession(application, request) {
    const slot = request.ulong();
    const flags = request.ulong();
    require((flags & CKF.SERIAL_SESSION) !== 0, CKR.SESSION_PARALLEL_NOT_SUPPORTED);
    // A session for writing is let be, for programs open one without writing; every function that writes refuses.
    const { handle } = application.open(slot, (flags & CKF.RW_SESSION) !== 0);
    return (writer) => writer.ulong(handle);
  },
  C_CloseSession(application, request) {
    application.close(request.ulong());
    return undefined;
  },
  C_CloseAllSessions(application, request) {
    const slot = application.slot(request.ulong());
    for (const { handle } of application.sessionsOf(slot.id)) application.close(handle);
    return undefined;
  },
  C_GetSessionInfo(application, request) {
    const session = application.session(request.ulong());
    const user = application.logins.of(session) !== undefined;
    const state = session.writable
      ? user
        ? CKS.RW_USER_FUNCTIONS
        : CKS.RW_PUBLIC_SESSION
      : user
        ? CKS.RO_USER_FUNCTIONS
        : CKS.RO_PUBLIC_SESSION;
    const flags = CKF.SERIAL_SESSION | (session.writable ? CKF.RW_SESSION : 0);
    return (writer) => writer.ulong(session.slot).ulong(state).ulong(flags).ulong(0);
  },
  async C_Login(application, request) {
    const session = application.session(request.ulong());
    const user = request.ulong();
    await login(application, session, user, secretOf(request.bytes()));
    return undefined;
  },
  async C_LoginUser(application, request) {
    const session = application.session(request.ulong());
    const user = request.ulong();
    const given = secretOf(request.bytes());
    // Cards know no names of users.
    await login(application, session, user, given);
    return undefined;
  },
  C_Logout(application, request) {
    const session = application.session(request.ulong());
    require(application.logins.end(session), CKR.USER_NOT_LOGGED_IN);
    for (const one of application.sessionsOf(session.slot)) endOperations(one);
    return undefined;
  },
  C_SessionCancel(application, request) {
    const session = application.session(request.ulong());
    const flags = request.ulong();
    if ((flags & CKF.SIGN) !== 0) endSigning(session);
    if ((flags & CKF.DECRYPT) !== 0) endDecrypting(session);
    if ((flags & CKF.VERIFY) !== 0) delete session.verifying;
    if ((flags & CKF.DIGEST) !== 0) delete session.digesting;
    return undefined;
  },
};

async function login(
  application: Application,
  session: Session,
  user: number,
  given: Secret | undefined,
): Promise<void> {
  try {
    require(user === CKU.USER || user === CKU.CONTEXT_SPECIFIC, CKR.USER_TYPE_INVALID);
    const { card, pin } = application.token(session.slot);
    if (pin === undefined) throw new Refusal(CKR.USER_PIN_NOT_INITIALIZED);
    const ask = (operation: 'login' | 'sign') =>
      application.askLogin({ card: card.id, pin: pin.id, operation, ...(given && { given }) });
    // Read while the person types: what a program looks at next would else take the card away between log-in and signature.
    application.service.contents.of(card.id).catch(() => undefined);
    if (user === CKU.USER) {
      const answered = application.logins.begin(session, () => ask('login'));
      return await (given === undefined ? notAtOnce(answered, application.service.leastWait) : answered);
    }
    const operation = session.signing ?? session.decrypting;
    require(operation?.object.key?.userConsent === true, CKR.OPERATION_NOT_INITIALIZED);
    const held = await ask('sign');
    operation.held?.dispose();
    // What it was for may have been taken back meanwhile.
    if (operation === (session.signing ?? session.decrypting)) operation.held = held;
    else held.dispose();
  } finally {
    given?.wipe();
  }
}

/** Nothing, or no byte at all, means that the person is to be asked (CKF_PROTECTED_AUTHENTICATION_PATH). */
function secretOf(bytes: Uint8Array | undefined): Secret | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const own = steadyBytes(bytes.length);
  own.set(bytes);
  bytes.fill(0);
  return new Secret(own);
}
