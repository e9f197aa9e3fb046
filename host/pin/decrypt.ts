import { type AgreeRequest, type DecipherRequest, Failure, type PublicKey } from '@sigill/core';
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
import { withCard } from './with-card.js';

/**
 * Asks for the key's PIN and deciphers one cryptogram with an RSA key, in one transaction.
 * Fails with `key-unknown`, `key-algorithm` before the PIN is sent, and as `verify` does.
 */
export async function decipher(context: PinContext, request: DecipherRequest): Promise<Uint8Array> {
  const { algorithm } = request;
  const cryptogram = request.cryptogram.slice();
  return await open(context, request, 'RSA', algorithm, (profile, key) =>
    planDecrypt(profile, key, algorithm, cryptogram),
  );
}

/** Asks for the key's PIN and makes one shared secret with an EC key (ECDH), in one transaction. Fails as `decipher` does. */
export async function agree(context: PinContext, request: AgreeRequest): Promise<Uint8Array> {
  const point = request.point.slice();
  return await open(context, request, 'EC', 'ECDH', (profile, key) => planAgree(profile, key, point));
}

async function open(
  context: PinContext,
  { card: id, key }: { readonly card: string; readonly key: string },
  kind: PublicKey['algorithm'],
  algorithm: string,
  make: (profile: CardProfile, key: ProfileKey) => Plan | undefined,
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
      const plan = make(profile, found);
      if (plan === undefined) throw new Failure('key-algorithm', { key, algorithm });
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
      const { data } = await execute(session, plan);
      return kind === 'EC' ? secretFromCard(profile, data) : data;
    }),
  );
}
