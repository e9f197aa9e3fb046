import type { Application } from './application.js';
import { cardSignature } from './card-signature.js';
import { CKA, CKR } from './constants.js';
import { type Answer, bytesFor, type Functions } from './function.js';
import { addPart, gather, gathered, signatureLength } from './gathering.js';
import { readMechanism } from './mechanism.js';
import { objectOf } from './object-functions.js';
import { Refusal, require } from './refusal.js';
import { endSigning, type Session, type Signing } from './session.js';
import { signatureScheme } from './signature-scheme.js';
import { isAllowed, useKey } from './use-key.js';

/** Signatures with a card's key, in one part or several. */
export const signFunctions: Functions = {
  async C_SignInit(application, request) {
    const session = application.session(request.ulong());
    const mechanism = readMechanism(request, application.protocol);
    if (mechanism === undefined) return (endSigning(session), undefined);
    require(session.signing === undefined, CKR.OPERATION_ACTIVE);
    const object = await objectOf(application, session, request.ulong(), CKR.KEY_HANDLE_INVALID);
    require(object.key !== undefined, CKR.KEY_HANDLE_INVALID);
    const gathering = gather(signatureScheme(mechanism), object);
    require(object.attributes.get(CKA.SIGN) === true, CKR.KEY_FUNCTION_NOT_PERMITTED);
    session.signing = gathering;
    return undefined;
  },
  C_Sign(application, request) {
    const session = application.session(request.ulong());
    const data = request.bytes() ?? new Uint8Array();
    return finish(application, session, request.room(), data);
  },
  C_SignUpdate(application, request) {
    const session = application.session(request.ulong());
    const signing = active(session);
    try {
      addPart(signing, request.bytes() ?? new Uint8Array());
    } catch (error) {
      endSigning(session);
      throw error;
    }
    return undefined;
  },
  C_SignFinal(application, request) {
    const session = application.session(request.ulong());
    return finish(application, session, request.room());
  },
};

function active({ signing }: Session): Signing {
  if (!signing) throw new Refusal(CKR.OPERATION_NOT_INITIALIZED);
  return signing;
}

async function finish(
  application: Application,
  session: Session,
  room: number | undefined,
  data?: Uint8Array,
): Promise<Answer> {
  const signing = active(session);
  const length = signatureLength(signing);
  // Too little room costs neither a signature nor the operation.
  if (room === undefined || room < length) return (writer) => writer.lengthOnly(length);
  const { key, material } = signing.object;
  // Before anything is taken in, so that the program may log in and call again.
  if (!isAllowed(application, session, signing)) throw new Refusal(CKR.USER_NOT_LOGGED_IN);
  try {
    if (data) addPart(signing, data);
    const input = gathered(signing);
    if (!key || !material) throw new Refusal(CKR.KEY_HANDLE_INVALID);
    let take = (answer: Uint8Array): Uint8Array => answer;
    const answer = await useKey(application, session, signing, (profile) => {
      const { plan, finish } = cardSignature(profile, key, material, signing.scheme, input);
      take = finish;
      return plan;
    });
    return bytesFor(room, take(answer));
  } finally {
    if (session.signing === signing) endSigning(session);
  }
}
