import type { ProfileBar, ProfileId } from '@sigill/core';
import { expect, it } from 'vitest';
import type { FoundProfile } from './found-profile.js';
import { withModule } from './module-entry.js';
import { planAll } from './plan-all.js';

const library = '/usr/lib/p11-kit-client.so';
const options = {
  scratch: '/nowhere',
  environment: {},
  password: () => expect.fail('nobody is asked for a program that runs'),
};
const nothing = { authorities: [], accounts: () => [] };

const profile = (modules: string, bar?: ProfileBar): FoundProfile => ({
  id: 'p' as ProfileId,
  program: 'firefox',
  packaging: 'system',
  name: 'n',
  folder: '~/n',
  path: '/n',
  registered: false,
  identities: [],
  modules,
  ...(bar && { bar }),
  runs: async () => bar === 'running',
});
const left = async (found: FoundProfile, module: string | undefined = library) =>
  (await planAll([found], module, nothing, options)).left.map(({ why }) => why);

it('a program that runs is left only when something of it would change', async () => {
  expect(await left(profile('', 'running'))).toEqual(['running']);
  expect(await left(profile(withModule('', library), 'running'))).toEqual([]);
});

it('what stands in the way is told, and a module that is missing stands in the way of all', async () => {
  expect(await left(profile('', 'confined'))).toEqual(['confined']);
  expect(await left(profile('', 'read-only'))).toEqual(['read-only']);
  expect((await planAll([profile('', 'running'), profile('')], undefined, nothing, options)).left).toMatchObject([
    { why: 'running' },
    { why: 'module' },
  ]);
});
