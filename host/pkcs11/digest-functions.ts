import { createHash, randomFillSync } from 'node:crypto';
import { CKR } from './constants.js';
import { bytesFor, type Functions } from './function.js';
import { hashOf } from './hashes.js';
import { readMechanism } from './mechanism.js';
import { digestLength } from '../pin/mask.js';
import { Refusal, require } from './refusal.js';
import type { Session } from './session.js';

/** Random bytes at once. */
const mostRandom = 1024 * 1024;

/** Digests and random bytes: the computer makes them. */
export const digestFunctions: Functions = {
  C_DigestInit(application, request) {
    const session = application.session(request.ulong());
    const mechanism = readMechanism(request, application.protocol);
    if (mechanism === undefined) return (delete session.digesting, undefined);
    require(session.digesting === undefined, CKR.OPERATION_ACTIVE);
    const name = hashOf(mechanism.type);
    if (name === undefined) throw new Refusal(CKR.MECHANISM_INVALID);
    session.digesting = { name, hash: createHash(name) };
    return undefined;
  },
  C_Digest(application, request) {
    const session = application.session(request.ulong());
    const data = request.bytes() ?? new Uint8Array();
    const room = request.room();
    const { name, hash } = active(session);
    const length = digestLength[name];
    if (room === undefined || room < length) return (writer) => writer.lengthOnly(length);
    delete session.digesting;
    return bytesFor(room, hash.update(data).digest());
  },
  C_DigestUpdate(application, request) {
    active(application.session(request.ulong())).hash.update(request.bytes() ?? new Uint8Array());
    return undefined;
  },
  C_DigestFinal(application, request) {
    const session = application.session(request.ulong());
    const room = request.room();
    const { name, hash } = active(session);
    const length = digestLength[name];
    if (room === undefined || room < length) return (writer) => writer.lengthOnly(length);
    delete session.digesting;
    return bytesFor(room, hash.digest());
  },
  C_GenerateRandom(application, request) {
    application.session(request.ulong());
    const wanted = request.room() ?? 0;
    require(wanted <= mostRandom, CKR.ARGUMENTS_BAD);
    return (writer) => writer.bytes(randomFillSync(new Uint8Array(wanted)));
  },
  C_SeedRandom(application, request) {
    // The computer's own source needs no help; programs go on when they think that it was heard.
    application.session(request.ulong());
    return undefined;
  },
};

function active({ digesting }: Session): NonNullable<Session['digesting']> {
  if (!digesting) throw new Refusal(CKR.OPERATION_NOT_INITIALIZED);
  return digesting;
}
