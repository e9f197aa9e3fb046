import { type AgreeRequest, type DecipherRequest, type DecryptAlgorithm, Failure, type PublicKey } from '@sigill/core';
import {
  type CardProfile,
  type Plan,
  planAgree,
  planDecrypt,
  planVerify,
  type ProfileKey,
  secretFromCard,
} from '@sigill/core/card';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { execute } from './execute.js';
import { currentField } from './fields.js';
import { present } from './present.js';
import { profilePin } from './profile-pin.js';
import type { HashName } from './mask.js';
import { type DecryptScheme, unpad } from './unpad.js';
import { withCard } from './with-card.js';

/**
 * Asks for the key's PIN and deciphers one cryptogram with an RSA key, in one transaction. What the card's own algorithms do not take off
 * is taken off here.
 * Fails with `key-unknown`, `key-algorithm` before the PIN is sent, and as `verify` does.
 */
export async function decipher(context: PinContext, request: DecipherRequest): Promise<Uint8Array> {
  const { algorithm } = request;
  const cryptogram = request.cryptogram.slice();
  return await open(context, request, 'RSA', algorithm, (profile, key) => {
    const whole = planDecrypt(profile, key, algorithm, cryptogram);
    if (whole !== undefined) return { plan: whole, read: (data) => data };
    const raw = planDecrypt(profile, key, 'RSA-RAW', cryptogram);
    return raw && { plan: raw, read: (block) => unpadded(algorithm, block) };
  });
}

/** Asks for the key's PIN and makes one shared secret with an EC key (ECDH), in one transaction. Fails as `decipher` does. */
export async function agree(context: PinContext, request: AgreeRequest): Promise<Uint8Array> {
  const point = request.point.slice();
  return await open(context, request, 'EC', 'ECDH', (profile, key) => {
    const plan = planAgree(profile, key, point);
    return plan && { plan, read: (data) => secretFromCard(profile, data) };
  });
}

/** The commands that open it, and what their last answer holds. */
interface Opening {
  readonly plan: Plan;
  read(data: Uint8Array): Uint8Array;
}

/** Fails as a card does that takes the padding off itself: of what was wrong with it nothing is told. */
function unpadded(algorithm: DecryptAlgorithm, block: Uint8Array): Uint8Array {
  const plain = unpad(schemeOf(algorithm), block);
  if (plain === undefined) throw new Failure('card-refused', { step: 'decipher', status: '6a80' });
  return plain;
}

function schemeOf(algorithm: DecryptAlgorithm): DecryptScheme {
  if (algorithm === 'RSA-PKCS1') return { kind: 'pkcs1' };
  const hash = algorithm.replace('RSA-OAEP-', '').toLowerCase() as HashName;
  return { kind: 'oaep', hash, mgf: hash, label: new Uint8Array() };
}

async function open(
  context: PinContext,
  { card: id, key }: { readonly card: string; readonly key: string },
  kind: PublicKey['algorithm'],
  algorithm: string,
  make: (profile: CardProfile, key: ProfileKey) => Opening | undefined,
): Promise<Uint8Array> {
  const card = context.cards.card(id);
  const own = card.certificates.find((certificate) => certificate.id === key)?.key;
  if (own?.pin === undefined) throw new Failure('key-unknown', { id: key });
  if (own.algorithm !== kind) throw new Failure('key-algorithm', { key, algorithm });
  const stake = await usable(context, card.id, pinOfCard(card, own.pin), ['ok']);
  const asked = (profile: CardProfile): Plan => planVerify(profile, profilePin(profile, stake.id));
  const question = { operation: 'decrypt', card, fields: [currentField(stake)], stake, plan: asked } as const;
  return await ask(context, question, ({ secrets, agreed, keypad }) =>
    withCard(context, card.id, async (session) => {
      const { profile } = session;
      const found = profile.keys.find((each) => each.id === key);
      if (found === undefined) throw new Failure('key-unknown', { id: key });
      // Before the PIN, so that an algorithm that the card lacks costs nothing.
      const opening = make(profile, found);
      if (opening === undefined) throw new Failure('key-algorithm', { key, algorithm });
      const pin = profilePin(profile, stake.id);
      await present(context, session, {
        stake: pin,
        target: pin.id,
        judged: 'current',
        secrets: { current: secrets.get('current') },
        keypad,
        plan: asked(profile),
        shown: stake.triesLeft,
        agreed,
        expected: 'ok',
      });
      context.knownWrong.forget(card, stake.id);
      const { data } = await execute(session, opening.plan);
      return opening.read(data);
    }),
  );
}
