import { describe, expect, it } from 'vitest';
import type { SignatureAlgorithm } from '../api/signing.js';
import { encodeCommand } from './apdu.js';
import { fromHex, toHex } from './bytes.js';
import { encodePin } from './encode-pin.js';
import { type Plan, planDrop, planSelect, type SecretName, toCommand } from './plan.js';
import { planActivate, planChange, planUnblock, planVerify } from './plan-pin.js';
import { planSign } from './plan-sign.js';
import type { CardProfile, ProfileKey, ProfilePin } from './profile.js';
import { signatureFromCard } from './signature-from-card.js';

const typed: Readonly<Record<SecretName, string>> = { current: '1111', puk: '88888888', code: '77777777', new: '2222' };

/** The APDUs of a plan, secrets filled in. */
const bytesOf = (plan: Plan): readonly string[] =>
  plan.map((planned) => {
    const fill = (name: SecretName, format: ProfilePin['format']): Uint8Array =>
      encodePin(new TextEncoder().encode(typed[name]), format);
    return toHex(encodeCommand(toCommand(planned, fill), 'T=1'));
  });

const pin = (reference: number, format: ProfilePin['format']): ProfilePin => ({
  id: 'PIN1',
  role: 'basic',
  label: 'PIN',
  reference,
  minLength: 4,
  maxLength: 8,
  format,
  probe: 'empty-verify',
});

const key: ProfileKey = { id: '45', pin: 'PIN1', tag: '84', reference: '01', usage: [], userConsent: false, size: 384 };

const citizen: CardProfile = {
  id: 'citizen',
  label: 'Citizen',
  match: [],
  application: 'A000000063504B43532D3135',
  pins: [],
  puk: { ...pin(0x83, { blockLength: 12, pad: 0 }), id: 'PUK' },
  unblock: 'puk-and-new',
  certificates: [],
  keys: [key],
  caCertificates: [],
  signing: {
    input: 'pso-hash',
    algorithms: { 'ECDSA-SHA384': '54', 'ECDSA-SHA256': '44', 'RSA-PSS-SHA256': '45' },
    ecdsa: 'raw',
    fillDigest: false,
  },
  activation: [],
  drop: 'select-application',
};
const organisation: CardProfile = {
  ...citizen,
  puk: { ...pin(0x12, {}), id: 'PUK' },
  unblock: 'verify-puk-first',
  signing: { ...citizen.signing, input: 'inline' },
  drop: 'reset',
};
const pin1 = pin(0x11, { blockLength: 12, pad: 0 });
const block = (digits: string): string => toHex(new TextEncoder().encode(digits)).padEnd(24, '0');

describe('PIN plans', () => {
  // cards.md §1.6.
  it('of a citizen card fill blocks of twelve bytes', () => {
    expect(bytesOf(planVerify(citizen, pin1))).toEqual([`002000110c${block('1111')}`]);
    expect(bytesOf(planChange(citizen, pin1))).toEqual([`0024001118${block('1111')}${block('2222')}`]);
    expect(bytesOf(planUnblock(citizen, pin1))).toEqual([`002c001118${block('88888888')}${block('2222')}`]);
  });

  it('of an organisation card send digits as typed, and the PUK in a VERIFY of its own', () => {
    const own = pin(0x03, {});
    expect(bytesOf(planChange(organisation, own))).toEqual(['00240003083131313132323232']);
    expect(bytesOf(planUnblock(organisation, own))).toEqual(['00200012083838383838383838', '002c02030432323232']);
  });

  it('of activation follow the scheme', () => {
    expect(bytesOf(planActivate(citizen, 'A', pin1))).toEqual([`002c001118${block('77777777')}${block('2222')}`]);
    expect(bytesOf(planActivate(citizen, 'B', pin1))).toEqual([`0024001118${block('77777777')}${block('2222')}`]);
    const steps = planActivate(organisation, 'C', pin(0x04, {}));
    expect(steps.map(({ step }) => step)).toEqual(['verify-puk', 'unblock']);
    expect(bytesOf(steps)).toEqual(['00200012083737373737373737', '002c02040432323232']);
  });

  it('hold no digit themselves', () => {
    const plans = [planVerify(citizen, pin1), planChange(citizen, pin1), planUnblock(citizen, pin1)].flat();
    expect(plans.flatMap(({ body = [] }) => body).every(({ kind }) => kind === 'secret')).toBe(true);
  });

  it('cannot unblock where there is no PUK', () => {
    const { puk: _puk, ...without } = citizen;
    expect(() => planUnblock(without, pin1)).toThrow('puk-absent');
    expect(() => planUnblock({ ...citizen, unblock: 'none' }, pin1)).toThrow('puk-absent');
  });
});

describe('The verified state', () => {
  it('is dropped as the profile says', () => {
    const select = ['00a4040c0ca000000063504b43532d3135'];
    expect(bytesOf(planSelect(citizen))).toEqual(select);
    expect(bytesOf(planDrop(citizen) as Plan)).toEqual(select);
    expect(planDrop(organisation)).toBe('reset');
    expect(bytesOf(planDrop({ ...citizen, drop: 'command:002E0000' }) as Plan)).toEqual(['002e0000']);
    expect(bytesOf(planDrop({ ...citizen, drop: 'command:8020000002ABCD' }) as Plan)).toEqual(['8020000002abcd']);
  });
});

describe('Signature plans', () => {
  const digest = (length: number): Uint8Array => new Uint8Array(length).fill(0xaa);
  const sign = (
    profile: CardProfile,
    own: ProfileKey,
    algorithm: SignatureAlgorithm,
    length: number,
  ): readonly string[] => bytesOf(planSign(profile, own, algorithm, digest(length)));

  // cards.md §1.8.
  it('of a citizen card load the digest and ask for the exact length', () => {
    const loaded = `002a90a0329030${'aa'.repeat(48)}`;
    expect(sign(citizen, key, 'ECDSA-SHA384', 48)).toEqual(['002241b606800154840101', loaded, '002a9e9a60']);
    const rsa = { ...key, algorithm: 'RSA', size: 2048 } as const;
    expect(sign(citizen, rsa, 'RSA-PSS-SHA256', 32).at(-1)).toBe('002a9e9a00');
  });

  it('of an organisation card enter E.SIGN for key 82 and put the digest into the last command', () => {
    const second = { ...key, reference: '82', directory: '452E5349474E' };
    expect(sign(organisation, second, 'ECDSA-SHA384', 48)).toEqual([
      '00a4040c06452e5349474e',
      '002241b606800154840182',
      `002a9e9a30${'aa'.repeat(48)}00`,
    ]);
  });

  // cards.md §2.6.
  it('of MyEID name the key by its file, make the DigestInfo and fill a short digest', () => {
    const algorithms = { 'RSA-PKCS1-SHA256': '02', 'ECDSA-SHA256': '04', 'ECDSA-SHA512': '04' };
    const myeid: CardProfile = {
      ...citizen,
      signing: { input: 'digest-info', algorithms, ecdsa: 'der', fillDigest: true },
    };
    const byFile = { ...key, tag: '81', reference: '4B01' } as const;
    const info = '3031300d060960864801650304020105000420';
    expect(sign(myeid, { ...byFile, size: 2048 }, 'RSA-PKCS1-SHA256', 32)).toEqual([
      '002241b60a80010281024b01840100',
      `002a9e9a33${info}${'aa'.repeat(32)}00`,
    ]);
    expect(sign(myeid, byFile, 'ECDSA-SHA256', 32).at(-1)).toBe(`002a9e9a30${'00'.repeat(16)}${'aa'.repeat(32)}00`);
    expect(sign(myeid, byFile, 'ECDSA-SHA512', 64).at(-1)).toBe(`002a9e9a30${'aa'.repeat(48)}00`);
  });

  it('are not made for an algorithm that the card or the key has not, nor for a digest of another length', () => {
    const plan =
      (algorithm: string, length: number, own = key) =>
      () =>
        planSign(citizen, own, algorithm as SignatureAlgorithm, digest(length));
    expect(plan('RSA-PKCS1-SHA256', 32)).toThrow('key-algorithm');
    expect(plan('constructor', 32)).toThrow('key-algorithm');
    expect(plan('RSA-PSS-SHA256', 32, { ...key, algorithm: 'EC' })).toThrow('key-algorithm');
    expect(plan('ECDSA-SHA384', 32)).toThrow('call-invalid');
  });
});

describe('A signature from the card', () => {
  const der = '300702020080020101';

  it('is DER for EC, whatever the card gave', () => {
    expect(toHex(signatureFromCard(citizen, 'ECDSA-SHA384', fromHex('00800001')))).toBe(der);
    for (const ecdsa of ['der', 'either'] as const) {
      const profile = { ...citizen, signing: { ...citizen.signing, ecdsa } };
      expect(toHex(signatureFromCard(profile, 'ECDSA-SHA384', fromHex(der)))).toBe(der);
    }
    const either = { ...citizen, signing: { ...citizen.signing, ecdsa: 'either' as const } };
    expect(toHex(signatureFromCard(either, 'ECDSA-SHA384', fromHex('00800001')))).toBe(der);
  });

  it('is the number itself for RSA', () => {
    expect(signatureFromCard(citizen, 'RSA-PSS-SHA256', fromHex('0001'))).toEqual(fromHex('0001'));
  });

  it('that is none is malformed', () => {
    const derOnly = { ...citizen, signing: { ...citizen.signing, ecdsa: 'der' as const } };
    expect(() => signatureFromCard(citizen, 'ECDSA-SHA384', fromHex(''))).toThrow('card-malformed');
    expect(() => signatureFromCard(citizen, 'ECDSA-SHA384', fromHex('010203'))).toThrow('card-malformed');
    expect(() => signatureFromCard(derOnly, 'ECDSA-SHA384', fromHex('00800001'))).toThrow('card-malformed');
  });
});
