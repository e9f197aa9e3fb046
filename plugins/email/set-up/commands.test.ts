import type { Bridge, Cards, Programs, ProgramProfile, ProfileId, Reader, SetUpWish } from '@sigill/core';
import { EMPTY, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { applySetUp } from './apply.js';
import { checkSetUp } from './check.js';
import { planSetUp } from './plan.js';
import { trustOf } from './trust.js';
import { undoSetUp } from './undo.js';

const profile: ProgramProfile = {
  id: 'p' as ProfileId,
  program: 'firefox',
  packaging: 'system',
  name: 'n',
  folder: '~/n',
  registered: false,
  identities: [],
};

function programs(more: Partial<Programs> = {}, bridge: Bridge = { listening: true, module: '/m.so' }) {
  const wishes: SetUpWish[] = [];
  const take = async (wish: SetUpWish) => {
    wishes.push(wish);
    return { done: [{ kind: 'module' as const, profile: profile.id }], left: [] };
  };
  const all: Programs = {
    profiles: async () => [profile],
    bridge: async () => bridge,
    plan: take,
    apply: take,
    closed: async () => {},
    test: async () => [{ profile: profile.id, module: 'loaded', certificates: 2 }],
    sign: async () => 'valid',
    undo: async () => ({ restored: 0, mended: 0, kept: [], left: [] }),
    ...more,
  };
  return { all, wishes };
}
const cards = (...readers: readonly Reader[]): Cards => ({
  readers: of(readers),
  events: EMPTY,
  details: () => Promise.reject(new Error('no details')),
  certificate: () => Promise.reject(new Error('no certificate')),
});
const keys = async (result: Promise<{ messages: readonly { key: string }[] }>) =>
  (await result).messages.map(({ key }) => key);
const quiet = { report() {} };

describe('the commands of the set-up', () => {
  it('a plan without a card says what it did not look at', async () => {
    expect(await keys(planSetUp(programs().all, cards(), {}))).toEqual(['email.plan.module', 'email.no-card']);
  });

  it('apply tries what it did, and waits only where a person can close the program', async () => {
    const told: string[] = [];
    const progress = { report: ({ message }: { message?: { key: string } }) => void told.push(message?.key ?? '') };
    const waited: string[] = [];
    let lacks: 'running' | 'tool' = 'running';
    const busy = {
      profiles: async () => [{ ...profile, bar: 'running' as const }],
      closed: async (id: ProfileId) => void waited.push(id),
      plan: async () => ({ done: [], left: [{ profile: profile.id, why: lacks }] }),
    };
    expect(await keys(applySetUp(programs(busy).all, cards(), { wait: true }, progress))).toContain(
      'email.done.module',
    );
    expect([told, waited]).toEqual([['email.wait'], ['p']]);
    await applySetUp(programs(busy).all, cards(), {}, quiet);
    expect(waited).toEqual(['p']);
    // One that runs and lacks nothing need not be closed.
    lacks = 'tool';
    await applySetUp(programs(busy).all, cards(), { wait: 'yes' }, quiet);
    expect(waited).toEqual(['p']);
  });

  it('a fingerprint that no certificate has is told, and trusts nothing', async () => {
    const { all, wishes } = programs();
    const card = { id: 'c', certificates: [{ id: '45', notAfter: '2030-01-01T00:00:00Z' }] };
    const inReader = cards({ name: 'r', state: 'ready', card } as unknown as Reader);
    const told = { ...inReader, details: async () => ({ caCertificates: [] }) } as unknown as Cards;
    expect(await keys(applySetUp(all, told, { trust: ['AB:CD'] }, quiet))).toContain('email.trust.unknown');
    expect(wishes[0]?.authorities).toEqual([]);
    // Without a card nobody has looked.
    const without = await keys(applySetUp(all, cards(), { trust: ['AB:CD'] }, quiet));
    expect(without).toContain('email.no-card');
    expect(without).not.toContain('email.trust.unknown');
  });

  it('boxes of the window and fingerprints of the command line mean the same', () => {
    expect(trustOf({ trust: ['aa', 5], 'trust-bb': true, 'trust-cc': 'true', 'trust-dd': false })).toEqual([
      'aa',
      'bb',
      'cc',
    ]);
  });

  it.each([
    ['no module', { listening: false }, ['email.check.no-module', 'email.check.not-listening']],
    ['all there', { listening: true, module: '/m' }, ['email.check.module', 'email.check.listening']],
  ])('a check says where the way ends: %s', async (_, bridge, first) => {
    const found = await keys(checkSetUp(programs({}, bridge).all, cards({ name: 'r', state: 'empty' })));
    expect(found).toEqual([...first, 'email.check.no-card', 'email.test.loaded']);
  });

  it('a check makes a trial signature only when it is asked to', async () => {
    const told = (args: Record<string, boolean>) => keys(checkSetUp(programs().all, cards(), args));
    expect(await told({ sign: true })).toContain('email.sign.valid');
    expect((await told({})).filter((key) => key.startsWith('email.sign'))).toEqual([]);
  });

  it('undo says what was kept, and what waits for a program', async () => {
    const outcome = {
      restored: 2,
      mended: 1,
      kept: ['mail.x'],
      left: [{ profile: profile.id, why: 'running' as const }],
    };
    expect(await keys(undoSetUp(programs({ undo: async () => outcome }).all))).toEqual([
      'email.undo.done',
      'email.undo.mended',
      'email.undo.kept',
      'email.undo.running',
    ]);
    expect(await keys(undoSetUp(programs().all))).toEqual(['email.undo.nothing']);
  });
});
