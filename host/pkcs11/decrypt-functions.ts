import { planDecrypt } from '@sigill/core/card';
import { isFailure } from '@sigill/core';
import type { Application } from './application.js';
import { CKA, CKR } from './constants.js';
import { cardAlgorithm, decryptScheme, unpadded } from './decrypt-scheme.js';
import { bytesFor, type Functions } from './function.js';
import { readMechanism } from './mechanism.js';
import { objectOf } from './object-functions.js';
import { Refusal, require } from './refusal.js';
import { type Decrypting, endDecrypting, type Session } from './session.js';
import { isAllowed, useKey } from './use-key.js';

/** Deciphering with a card's RSA key, in one part. */
export const decryptFunctions: Functions = {
  async C_DecryptInit(application, request) {
    const session = application.session(request.ulong());
    const mechanism = readMechanism(request, application.protocol);
    if (mechanism === undefined) return (endDecrypting(session), undefined);
    require(session.decrypting === undefined, CKR.OPERATION_ACTIVE);
    const object = await objectOf(application, session, request.ulong(), CKR.KEY_HANDLE_INVALID);
    require(object.key !== undefined, CKR.KEY_HANDLE_INVALID);
    require(object.material?.kind === 'RSA', CKR.KEY_TYPE_INCONSISTENT);
    const scheme = decryptScheme(mechanism);
    require(object.attributes.get(CKA.DECRYPT) === true, CKR.KEY_FUNCTION_NOT_PERMITTED);
    session.decrypting = { object, scheme };
    return undefined;
  },
  async C_Decrypt(application, request) {
    const session = application.session(request.ulong());
    const { decrypting } = session;
    if (!decrypting) throw new Refusal(CKR.OPERATION_NOT_INITIALIZED);
    const cryptogram = request.bytes() ?? new Uint8Array();
    const room = request.room();
    const length = decrypting.object.material?.kind === 'RSA' ? decrypting.object.material.modulus.length : 0;
    // Asked for the length alone, the card is left in peace: more than this it cannot be.
    if (room === undefined && !decrypting.plain) return (writer) => writer.lengthOnly(length);
    if (!decrypting.plain) {
      if (!isAllowed(application, session, decrypting)) throw new Refusal(CKR.USER_NOT_LOGGED_IN);
      try {
        require(cryptogram.length === length, CKR.ENCRYPTED_DATA_LEN_RANGE);
        decrypting.plain = await decipher(application, session, decrypting, cryptogram.slice());
      } catch (error) {
        endDecrypting(session);
        throw error;
      }
    }
    const plain = decrypting.plain.slice();
    if (room !== undefined && plain.length <= room) endDecrypting(session);
    return bytesFor(room, plain);
  },
};

async function decipher(
  application: Application,
  session: Session,
  operation: Decrypting,
  cryptogram: Uint8Array,
): Promise<Uint8Array> {
  const { object, scheme } = operation;
  let whole = false;
  try {
    const answer = await useKey(application, session, operation, (profile) => {
      const own = cardAlgorithm(scheme);
      const plan = own && object.key && planDecrypt(profile, object.key, own, cryptogram);
      whole = plan === undefined;
      const raw = object.key && planDecrypt(profile, object.key, 'RSA-RAW', cryptogram);
      const chosen = plan ?? raw;
      if (!chosen) throw new Refusal(CKR.MECHANISM_PARAM_INVALID);
      return chosen;
    });
    return whole ? unpadded(scheme, answer) : answer;
  } catch (error) {
    // The card says of a cryptogram that it makes no sense of it: 6A80, or 6985.
    const refused = isFailure(error, 'card-refused') && error.facts.step === 'decipher';
    throw refused ? new Refusal(CKR.ENCRYPTED_DATA_INVALID) : error;
  }
}
