import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toHex } from '../card/bytes.js';
import { personalities } from './create-card.js';
import { knownCertificates, publicPoints } from './curve-results.js';
import { type CurveName, ecKey, pointOf } from './ec-key.js';
import { testCa } from './test-ca.js';

const asked = vi.hoisted(() => ({ points: 0, signatures: 0 }));

vi.mock('@noble/curves/nist.js', async (original) => {
  const { p256, p384 } = await original<typeof import('@noble/curves/nist.js')>();
  const counting = (curve: typeof p256): typeof p256 => ({
    ...curve,
    getPublicKey: (...given) => (asked.points++, curve.getPublicKey(...given)),
    sign: (...given) => (asked.signatures++, curve.sign(...given)),
  });
  return { p256: counting(p256), p384: counting(p384) };
});

beforeEach(() => Object.assign(asked, { points: 0, signatures: 0 }));

describe('what the curves give for simulated cards', () => {
  it('is known for every card in every state: making one asks them nothing', () => {
    for (const { states, build } of Object.values(personalities)) for (const state of states) build(state, {});
    expect(Object.values(testCa().issuing)).toHaveLength(6);
    expect(asked).toEqual({ points: 0, signatures: 0 });
  });

  it('is computed for what is not known', () => {
    expect(ecKey('a key of this test', 'P-384').publicPoint).toHaveLength(97);
    expect(asked).toEqual({ points: 1, signatures: 0 });
  });

  it('are the certificates that come out when they are made', async () => {
    vi.resetModules();
    vi.doMock('./curve-results.js', () => ({ publicPoints, knownCertificates: {} }));
    const { certificates } = await import('./certificate-builder.js');
    const { personalities: again } = await import('./create-card.js');
    const { testCa: another } = await import('./test-ca.js');
    for (const { states, build } of Object.values(again)) for (const state of states) build(state, {});
    expect(Object.values(another().issuing)).toHaveLength(6);
    const made = [...certificates].map(([name, der]) => [name, toHex(der)]);
    expect(Object.fromEntries(made)).toEqual(knownCertificates);
  });

  it.each(Object.entries(publicPoints))('is the point of %s', (name, point) => {
    const [curve, label] = [name.slice(0, 5) as CurveName, name.slice(6)];
    const { secret } = ecKey(label, curve);
    expect(toHex(pointOf(curve, secret))).toBe(point);
  });
});
