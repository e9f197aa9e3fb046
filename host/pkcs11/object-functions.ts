import {
  type Attribute,
  lengthOf,
  readAttributeRooms,
  readAttributes,
  sameValue,
  writeAttribute,
} from './attribute.js';
import type { Application } from './application.js';
import { CKR, type ReturnValue, unavailable } from './constants.js';
import { type Functions, ulongsFor } from './function.js';
import { Refusal, require } from './refusal.js';
import type { Session } from './session.js';
import { isSensitive, type TokenObject } from './token-object.js';

/** Finding objects and reading their attributes. */
export const objectFunctions: Functions = {
  async C_FindObjectsInit(application, request) {
    const session = application.session(request.ulong());
    const template = readAttributes(request);
    require(session.found === undefined, CKR.OPERATION_ACTIVE);
    const objects = await application.objects(session);
    session.found = [...objects].flatMap(([handle, object]) => (fits(object, template) ? [handle] : []));
    return undefined;
  },
  C_FindObjects(application, request) {
    const session = application.session(request.ulong());
    const room = request.room() ?? 0;
    if (session.found === undefined) throw new Refusal(CKR.OPERATION_NOT_INITIALIZED);
    return ulongsFor(room, session.found.splice(0, room));
  },
  C_FindObjectsFinal(application, request) {
    const session = application.session(request.ulong());
    require(session.found !== undefined, CKR.OPERATION_NOT_INITIALIZED);
    delete session.found;
    return undefined;
  },
  async C_GetAttributeValue(application, request) {
    const session = application.session(request.ulong());
    const object = await objectOf(application, session, request.ulong());
    const wanted = readAttributeRooms(request);
    const answers = wanted.map(({ type, room }) => ({ type, ...attributeFor(object, type, room) }));
    // PKCS #11 v2.40 §5.7: every attribute is answered, and one of the troubles is told.
    const result = answers.find(({ trouble }) => trouble !== undefined)?.trouble ?? CKR.OK;
    return (writer) => {
      writer.uint32(answers.length);
      for (const { type, length, value } of answers) writeAttribute(writer, type, length, value);
      writer.ulong(result);
    };
  },
  async C_GetObjectSize(application, request) {
    const session = application.session(request.ulong());
    await objectOf(application, session, request.ulong());
    return (writer) => writer.ulong(unavailable);
  },
  async C_DestroyObject(application, request) {
    const session = application.session(request.ulong());
    const handle = request.ulong();
    await objectOf(application, session, handle);
    require(application.own.destroy(handle), CKR.TOKEN_WRITE_PROTECTED);
    return undefined;
  },
};

/** Fails with CKR_OBJECT_HANDLE_INVALID, or with `otherwise`. */
export async function objectOf(
  application: Application,
  session: Session,
  handle: number,
  otherwise: ReturnValue = CKR.OBJECT_HANDLE_INVALID,
): Promise<TokenObject> {
  const object = (await application.objects(session)).get(handle);
  if (!object) throw new Refusal(otherwise);
  return object;
}

const fits = ({ attributes }: TokenObject, template: readonly Attribute[]): boolean =>
  template.every(({ type, value }) => sameValue(attributes.get(type), value));

function attributeFor(object: TokenObject, type: number, room: number) {
  if (isSensitive(object, type)) return { trouble: CKR.ATTRIBUTE_SENSITIVE };
  const value = object.attributes.get(type);
  if (value === undefined) return { trouble: CKR.ATTRIBUTE_TYPE_INVALID };
  const length = lengthOf(value);
  if (room === 0) return { length };
  return room < length ? { trouble: CKR.BUFFER_TOO_SMALL } : { length, value };
}
