import { CKR } from './constants.js';
import type { Functions } from './function.js';
import { addPart, gather, gathered, signatureLength } from './gathering.js';
import { isSignature } from './is-signature.js';
import { readMechanism } from './mechanism.js';
import { objectOf } from './object-functions.js';
import { Refusal, require } from './refusal.js';
import type { Gathering, Session } from './session.js';
import { signatureScheme } from './signature-scheme.js';

/** Checking signatures with a public key: the computer does it, no card is asked. */
export const verifyFunctions: Functions = {
  async C_VerifyInit(application, request) {
    const session = application.session(request.ulong());
    const mechanism = readMechanism(request, application.protocol);
    if (mechanism === undefined) return (delete session.verifying, undefined);
    require(session.verifying === undefined, CKR.OPERATION_ACTIVE);
    const object = await objectOf(application, session, request.ulong(), CKR.KEY_HANDLE_INVALID);
    require(object.publicKey !== undefined && object.key === undefined, CKR.KEY_HANDLE_INVALID);
    session.verifying = gather(signatureScheme(mechanism), object);
    return undefined;
  },
  async C_Verify(application, request) {
    const session = application.session(request.ulong());
    const verifying = active(session);
    try {
      addPart(verifying, request.bytes() ?? new Uint8Array());
      await check(verifying, request.bytes() ?? new Uint8Array());
    } finally {
      delete session.verifying;
    }
    return undefined;
  },
  C_VerifyUpdate(application, request) {
    addPart(active(application.session(request.ulong())), request.bytes() ?? new Uint8Array());
    return undefined;
  },
  async C_VerifyFinal(application, request) {
    const session = application.session(request.ulong());
    const verifying = active(session);
    try {
      await check(verifying, request.bytes() ?? new Uint8Array());
    } finally {
      delete session.verifying;
    }
    return undefined;
  },
};

function active({ verifying }: Session): Gathering {
  if (!verifying) throw new Refusal(CKR.OPERATION_NOT_INITIALIZED);
  return verifying;
}

async function check(verifying: Gathering, signature: Uint8Array): Promise<void> {
  require(signature.length === signatureLength(verifying), CKR.SIGNATURE_LEN_RANGE);
  require(await isSignature(verifying.scheme, verifying.object, gathered(verifying), signature), CKR.SIGNATURE_INVALID);
}
