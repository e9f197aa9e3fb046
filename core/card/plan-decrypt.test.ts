import { describe, expect, it } from 'vitest';
import { toHex } from './bytes.js';
import { planAgree, secretFromCard } from './plan-agree.js';
import { planDecrypt } from './plan-decrypt.js';
import type { Plan } from './plan.js';
import { toCommand } from './plan.js';
import { planSignPrepared } from './plan-sign.js';
import type { CardProfile, ProfileKey } from './profile.js';

const key: ProfileKey = {
  id: '45',
  pin: 'PIN1',
  tag: '84',
  reference: '01',
  usage: ['keyEncipherment'],
  userConsent: false,
};
const byFile: ProfileKey = { ...key, tag: '81', reference: '4B01' };
const profile = {
  signing: {
    input: 'digest-info',
    algorithms: { 'RSA-PKCS1-SHA256': '02' },
    ecdsa: 'der',
    fillDigest: true,
    raw: '00',
  },
  deciphering: { algorithms: { 'RSA-PKCS1': '1A', 'RSA-OAEP-SHA256': '4D' }, indicator: '81' },
  agreement: 'general-authenticate',
} as Partial<CardProfile> as CardProfile;

const commands = (plan: Plan | undefined): readonly string[] =>
  (plan ?? []).map((planned) => {
    const { cla, ins, p1, p2, data } = toCommand(planned, () => new Uint8Array());
    return toHex(Uint8Array.of(cla, ins, p1, p2, ...(data ?? [])));
  });

describe('deciphering', () => {
  it('chooses the key for confidentiality and sends the cryptogram behind its indicator', () => {
    const plan = planDecrypt(profile, key, 'RSA-OAEP-SHA256', Uint8Array.of(1, 2, 3));
    expect(commands(plan)).toEqual(['002241b880014d840101', '002a808681010203']);
  });

  it('is not planned for what the card or the key does not do', () => {
    expect(planDecrypt(profile, key, 'RSA-RAW', new Uint8Array())).toBeUndefined();
    expect(planDecrypt(profile, { ...key, algorithm: 'EC' }, 'RSA-PKCS1', new Uint8Array())).toBeUndefined();
  });
});

describe('a shared secret', () => {
  const point = Uint8Array.of(4, 5, 6);

  it('is asked for by GENERAL AUTHENTICATE, and taken out of its template', () => {
    expect(commands(planAgree(profile, byFile, point))).toEqual([
      '002241a480010481024b01840100',
      '008600007c058503040506',
    ]);
    expect([...secretFromCard(profile, Uint8Array.of(0x7c, 4, 0x85, 2, 8, 9))]).toEqual([8, 9]);
    expect(() => secretFromCard(profile, Uint8Array.of(0x7c, 2, 0x99, 0))).toThrow('card-malformed');
  });

  it('is asked for by PSO:DECIPHER, and is the answer', () => {
    const finnish = { ...profile, agreement: 'pso-decipher' } as CardProfile;
    expect(commands(planAgree(finnish, key, point))).toEqual(['002241b8840101', '002a808600040506']);
    expect([...secretFromCard(finnish, Uint8Array.of(8, 9))]).toEqual([8, 9]);
  });
});

it('what the host has padded is signed as a whole block, a DigestInfo by a card that pads', () => {
  expect(commands(planSignPrepared(profile, key, Uint8Array.of(7), 'block'))).toEqual([
    '002241b6800100840101',
    '002a9e9a07',
  ]);
  expect(commands(planSignPrepared(profile, key, Uint8Array.of(7), 'digest-info'))[0]).toBe('002241b6800102840101');
  const digests = { ...profile, signing: { ...profile.signing, input: 'pso-hash' } } as CardProfile;
  expect(planSignPrepared(digests, key, Uint8Array.of(7), 'digest-info')).toBeUndefined();
});
