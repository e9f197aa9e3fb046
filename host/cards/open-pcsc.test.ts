import { Failure } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { absentPcsc, openPcsc } from './open-pcsc.js';

const named = (name: string): Pcsc => ({ ...absentPcsc(name) });
const works = (name: string) => async (): Promise<Pcsc> => named(name);
const lacks = (name: string) => (): Promise<Pcsc> =>
  Promise.reject(new Failure('service-absent', { why: `${name} is missing` }));
const why = async (pcsc: Pcsc): Promise<unknown> => (await firstValueFrom(pcsc.service)).why;

it('pcsc-mini comes first, unless pcsclite is wished for', async () => {
  const both = { 'pcsc-mini': works('mini'), pcsclite: works('lite') };
  expect(await why(await openPcsc(undefined, {}, both))).toBe('mini');
  expect(await why(await openPcsc('pcsclite', {}, both))).toBe('lite');
});

it('where the first package is missing the other one serves', async () => {
  expect(await why(await openPcsc('pcsc-mini', {}, { 'pcsc-mini': lacks('mini'), pcsclite: works('lite') }))).toBe(
    'lite',
  );
  expect(await why(await openPcsc('pcsclite', {}, { 'pcsc-mini': works('mini'), pcsclite: lacks('lite') }))).toBe(
    'mini',
  );
});

it('without any package there is a service that is not available and says why', async () => {
  const pcsc = await openPcsc('pcsc-mini', {}, { 'pcsc-mini': lacks('mini'), pcsclite: lacks('lite') });
  expect(await firstValueFrom(pcsc.service)).toEqual({
    available: false,
    why: 'mini is missing; lite is missing',
    readers: [],
  });
  await expect(pcsc.connect('R')).rejects.toMatchObject({ code: 'service-absent' });
  await pcsc.close();
  await pcsc.close();
});

it('a mistake of ours is not taken for a missing package', async () => {
  const broken = { 'pcsc-mini': () => Promise.reject(new TypeError('ours')), pcsclite: works('lite') };
  await expect(openPcsc('pcsc-mini', {}, broken)).rejects.toThrow('ours');
});
