import type { Log } from '@sigill/core';
import { isFailure } from '@sigill/core';
import type { Application } from './application.js';
import { type Call, calls, errorCall } from './calls.js';
import { CKR, type ReturnValue } from './constants.js';
import { decryptFunctions } from './decrypt-functions.js';
import { deriveFunctions } from './derive-functions.js';
import { digestFunctions } from './digest-functions.js';
import { eventFunctions } from './event-functions.js';
import type { Functions } from './function.js';
import { objectFunctions } from './object-functions.js';
import { Refusal } from './refusal.js';
import { returnValue } from './return-value.js';
import { sessionFunctions } from './session-functions.js';
import { signFunctions } from './sign-functions.js';
import { slotFunctions } from './slot-functions.js';
import { verifyFunctions } from './verify-functions.js';
import { WireReader } from './wire-reader.js';
import { WireWriter } from './wire-writer.js';

const functions: ReadonlyMap<string, Functions[string]> = new Map(
  [
    slotFunctions, sessionFunctions, objectFunctions, signFunctions, verifyFunctions, decryptFunctions, deriveFunctions,
    digestFunctions, eventFunctions,
  ].flatMap((group) => Object.entries(group)),
); // prettier-ignore

/** Functions that write, which no card here lets programs do. */
const writing: ReadonlySet<string> = new Set([
  'C_InitToken', 'C_InitToken2', 'C_InitPIN', 'C_SetPIN', 'C_CreateObject', 'C_CopyObject', 'C_SetAttributeValue',
  'C_GenerateKey', 'C_GenerateKeyPair', 'C_UnwrapKey',
]); // prettier-ignore

/** Functions that a program may call before C_Initialize. */
const early: ReadonlySet<string> = new Set(['C_Initialize', 'C_GetInfo']);

/**
 * The answer to one call, both as bodies of messages; `body` is wiped, for a PIN may stand in it.
 * Fails with a `Refusal` for what is no call at all: then the connection is not worth keeping.
 */
export async function answerCall(application: Application, body: Uint8Array, log: Log): Promise<Uint8Array> {
  const request = new WireReader(body);
  const call = readCall(request);
  try {
    const wanted = functions.get(call.name);
    if (writing.has(call.name)) throw new Refusal(CKR.TOKEN_WRITE_PROTECTED);
    if (!wanted) throw new Refusal(CKR.FUNCTION_NOT_SUPPORTED);
    if (!application.initialized && !early.has(call.name)) throw new Refusal(CKR.CRYPTOKI_NOT_INITIALIZED);
    const answer = await wanted(application, request);
    const writer = begin(call);
    answer?.(writer);
    return writer.take();
  } catch (error) {
    const value = returnValue(error);
    log.debug(`pkcs11: ${call.name} 0x${value.toString(16)}`);
    if (!(error instanceof Refusal) && !isFailure(error)) {
      log.error(`pkcs11: ${call.name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    return refusal(value);
  } finally {
    body.fill(0);
  }
}

function readCall(request: WireReader): Call {
  const call = calls.get(request.uint32());
  const signature = request.counted();
  if (!call || !signature || Buffer.from(signature).toString('latin1') !== call.request) {
    throw new Refusal(CKR.DEVICE_ERROR, 'not a call');
  }
  return call;
}

function refusal(value: ReturnValue): Uint8Array {
  return begin(errorCall).ulong(value).take();
}

function begin({ id, answer }: Call): WireWriter {
  return new WireWriter().uint32(id).counted(new TextEncoder().encode(answer));
}
