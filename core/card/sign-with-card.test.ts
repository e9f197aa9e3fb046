import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SignatureAlgorithm } from '../api/signing.js';
import { type CardName, createCard, personalities } from '../sim/index.js';
import type { CachedCard } from './card-cache.js';
import { openChannel } from './open-channel.js';
import { encodePin } from './encode-pin.js';
import { parseProfile } from './parse-profile.js';
import { type Plan, toCommand } from './plan.js';
import { planVerify } from './plan-pin.js';
import { planSign } from './plan-sign.js';
import type { CardProfile } from './profile.js';
import { readCard } from './read-card.js';
import { signatureFromCard } from './signature-from-card.js';

const folder = new URL('../../plugins/', import.meta.url);
const names = ['citizen-v3.0', 'citizen-v3.1', 'citizen-v4', 'organisation'].map(
  (name) => `fineid/profiles/fineid-${name}.json`,
);
const profiles = [...names, 'myeid/profiles/myeid.json'].map((path) =>
  parseProfile(JSON.parse(readFileSync(new URL(path, folder), 'utf8')), path),
);

const message = new TextEncoder().encode('signed by a card');

/** Every algorithm that the profile offers to the key's kind. */
const offered = (profile: CardProfile, kind: string | undefined): SignatureAlgorithm[] =>
  (Object.keys(profile.signing.algorithms) as SignatureAlgorithm[]).filter((one) =>
    one.startsWith(kind === 'EC' ? 'EC' : 'RSA'),
  );

function isGood(der: Uint8Array, algorithm: SignatureAlgorithm, signature: Uint8Array): boolean {
  const key = new X509Certificate(der).publicKey;
  const hash = `sha${algorithm.slice(-3)}`;
  const padding = algorithm.startsWith('RSA-PSS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const rsa = algorithm.startsWith('RSA') ? { padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  return verify(hash, message, { key, ...rsa }, signature);
}

describe('Every key signs with every algorithm that is offered for it', () => {
  it.each(Object.keys(personalities) as CardName[])('on %s', async (name) => {
    const card = createCard(name);
    const atr = card.powerOn();
    const channel = openChannel((apdu) => card.transmit(apdu), card.protocol);
    const kept: CachedCard[] = [];
    const cache = { find: () => undefined, keep: (one: CachedCard) => kept.push(one) };
    const { profile } = await readCard(channel, { reader: 'R', id: 'C', atr, profiles, cache });
    const { pin1, pin2 } = personalities[name].pins.values;
    const run = async (plan: Plan, digits = ''): Promise<Uint8Array> => {
      let data = new Uint8Array();
      for (const planned of plan) {
        const fill = (_name: string, format: object): Uint8Array => encodePin(new TextEncoder().encode(digits), format);
        const response = await channel.send(toCommand(planned, fill));
        expect([planned.step, response.status]).toEqual([planned.step, 0x9000]);
        data = Uint8Array.from(response.data);
      }
      return data;
    };
    const done: string[] = [];
    for (const key of profile.keys) {
      const pin = profile.pins.find(({ id }) => id === key.pin)!;
      for (const algorithm of offered(profile, key.algorithm)) {
        const digest = createHash(`sha${algorithm.slice(-3)}`)
          .update(message)
          .digest();
        await run(planVerify(profile, pin), pin.id === 'PIN1' ? pin1 : pin2);
        const value = signatureFromCard(profile, algorithm, await run(planSign(profile, key, algorithm, digest)));
        const { der } = kept[0]!.certificates.find(({ id }) => id === key.id)!;
        expect(isGood(der, algorithm, value)).toBe(true);
        done.push(`${key.id} ${algorithm}`);
      }
    }
    expect(done.length).toBeGreaterThanOrEqual(3 * profile.keys.length);
  });
});
