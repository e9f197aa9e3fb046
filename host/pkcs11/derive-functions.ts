import { createHash } from 'node:crypto';
import { type CardProfile, insideOf, planAgree, secretFromCard } from '@sigill/core/card';
import { type Attribute, type AttributeValue, readAttributes } from './attribute.js';
import type { Application } from './application.js';
import { CKA, CKK, CKM, CKO, CKR } from './constants.js';
import type { Answer, Functions } from './function.js';
import { type Mechanism, readMechanism } from './mechanism.js';
import { objectOf } from './object-functions.js';
import type { HashName } from '../pin/mask.js';
import { Refusal, require } from './refusal.js';
import type { Session } from './session.js';
import { useKey } from './use-key.js';
import type { WireReader } from './wire-reader.js';

/** CKD_… key derivation functions over the shared point (PKCS #11 v2.40 §2.3.7): none, or ANSI X9.63 with a hash. */
const derivations: ReadonlyMap<number, HashName | undefined> = new Map([
  [1, undefined],
  [2, 'sha1'],
  [5, 'sha224'],
  [6, 'sha256'],
  [7, 'sha384'],
  [8, 'sha512'],
]);

const longestKey = 1_024;

/** A shared secret from a card's elliptic key; the secret is then the program's. */
export const deriveFunctions: Functions = {
  async C_DeriveKey(application, request) {
    const handle = await derive(application, request);
    return (writer) => writer.ulong(handle);
  },
  // From version 2 of the protocol: the return value, the mechanism's parameter as it is afterwards (unchanged), the key.
  async C_DeriveKey2(application, request): Promise<Answer> {
    const handle = await derive(application, request);
    return (writer) => writer.ulong(CKR.OK).byte(1).ulong(handle);
  },
};

async function derive(application: Application, request: WireReader): Promise<number> {
  const session = application.session(request.ulong());
  const mechanism = readMechanism(request, application.protocol);
  const object = await objectOf(application, session, request.ulong(), CKR.KEY_HANDLE_INVALID);
  const template = readAttributes(request);
  const agreement = mechanism && [CKM.ECDH1_DERIVE, CKM.ECDH1_COFACTOR_DERIVE].some((one) => one === mechanism.type);
  if (!agreement || !mechanism.ecdh) throw new Refusal(CKR.MECHANISM_INVALID);
  require(object.key !== undefined && object.material?.kind === 'EC', CKR.KEY_TYPE_INCONSISTENT);
  require(object.attributes.get(CKA.DERIVE) === true, CKR.KEY_FUNCTION_NOT_PERMITTED);
  require(derivations.has(mechanism.ecdh.kdf), CKR.MECHANISM_PARAM_INVALID);
  const point = pointOf(mechanism.ecdh.point, object.material.fieldLength);
  const { key } = object;
  let used: CardProfile | undefined;
  const answer = await useKey(application, session, { object }, (profile) => {
    const plan = planAgree(profile, key, point);
    if (!plan) throw new Refusal(CKR.MECHANISM_INVALID);
    used = profile;
    return plan;
  });
  const shared = used ? secretFromCard(used, answer) : answer;
  return application.own.keep(session.handle, secretKey(session, template, keyFrom(shared, mechanism.ecdh, template)));
}

/** The point as it is, or inside an OCTET STRING, as programs give it. */
function pointOf(given: Uint8Array, fieldLength: number): Uint8Array {
  const length = 2 * fieldLength + 1;
  const [octets] = given[0] === 0x04 && given.length !== length ? (insideOf(given) ?? []) : [];
  const point = octets?.value ?? given;
  require(point.length === length && point[0] === 0x04, CKR.MECHANISM_PARAM_INVALID);
  return point;
}

/** ANSI X9.63 §5.6.3 where a hash is named; without, the leading bytes of the shared value. */
function keyFrom(
  shared: Uint8Array,
  { kdf, shared: info }: NonNullable<Mechanism['ecdh']>,
  template: readonly Attribute[],
): Uint8Array {
  const wanted = template.find(({ type }) => type === CKA.VALUE_LEN)?.value;
  const length = typeof wanted === 'number' && wanted > 0 ? wanted : shared.length;
  require(length <= longestKey, CKR.TEMPLATE_INCONSISTENT);
  const hash = derivations.get(kdf);
  if (hash === undefined) {
    require(length <= shared.length, CKR.TEMPLATE_INCONSISTENT);
    // PKCS #11 v2.40 §2.3.8: bytes are taken off the leading end.
    return shared.slice(shared.length - length);
  }
  const key = Buffer.alloc(length);
  for (let at = 0, counter = 1; at < length; counter += 1) {
    at += createHash(hash)
      .update(shared)
      .update(Uint8Array.of(0, 0, 0, counter))
      .update(info)
      .digest()
      .copy(key, at);
  }
  return Uint8Array.from(key);
}

function secretKey(_session: Session, template: readonly Attribute[], value: Uint8Array) {
  const given = template.flatMap(({ type, value: wanted }) => (wanted === undefined ? [] : [[type, wanted] as const]));
  const token = given.some(([type, wanted]) => type === CKA.TOKEN && wanted === true);
  require(!token, CKR.TOKEN_WRITE_PROTECTED);
  const attributes = new Map<number, AttributeValue>([
    [CKA.KEY_TYPE, CKK.GENERIC_SECRET],
    [CKA.PRIVATE, false],
    [CKA.LABEL, new Uint8Array()],
    [CKA.ID, new Uint8Array()],
    ...given.map(([type, wanted]) => [type, wanted instanceof Uint8Array ? wanted.slice() : wanted] as const),
    [CKA.CLASS, CKO.SECRET_KEY],
    [CKA.TOKEN, false],
    // The program may read it: the card keeps only what it was made from.
    [CKA.SENSITIVE, false],
    [CKA.EXTRACTABLE, true],
    [CKA.LOCAL, false],
    [CKA.VALUE, value],
    [CKA.VALUE_LEN, value.length],
  ]);
  return { class: CKO.SECRET_KEY, private: false, attributes };
}
