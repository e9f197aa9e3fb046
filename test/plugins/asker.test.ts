import type { PinOutcome, PinRequest, Pins } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeHost, fixtures } from './fake-host.js';

let fake: Awaited<ReturnType<typeof fakeHost>>;

beforeAll(async () => {
  fake = await fakeHost({ user: fixtures }, { limits: { command: { own: 30_000, whole: 60_000 } } });
});
afterAll(() => fake.host.dispose());

const data = async (command: string, args = {}): Promise<unknown> => (await fake.host.run(command, args)).data;

describe('a plugin that asks past the proxies gets an answer only to what the contract has', () => {
  const request = { card: 'card-1', pin: 'PIN1' };
  const call = (name: string, request: unknown = {}): Promise<unknown> => data('asker.call', { call: name, request });

  it.each([
    'pins.value',
    'pins.ask',
    'pins.read',
    'pins',
    'pins.verify.value',
    'secret',
    'prompt',
    'cards.transmit',
    'cards.use',
    'commands.run',
    'plugin.start',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'pins.__proto__',
    'PINS.VERIFY',
    '',
  ])('there is no call %j', async (name) => {
    expect(await call(name)).toEqual({ error: { code: 'call-unknown', facts: { call: name } } });
    expect(fake.asked).toEqual([]);
  });

  it.each([
    ['documents.info', 'documents'],
    ['documents.read', 'documents'],
    ['documents.deliver', 'documents'],
    ['trust.anchors', 'documents'],
    ['net.request', 'net'],
    ['signing.signDocuments', 'sign'],
    ['decrypting.decipher', 'decrypt'],
  ])('%s needs the permission %s, which it has not', async (name, permission) => {
    expect(await call(name)).toEqual({
      error: { code: 'permission-missing', facts: { plugin: 'asker', permission } },
    });
  });

  it.each([
    {},
    { card: 'card-1' },
    { card: 'card-1', pin: '1234' },
    { card: 'card-1', pin: 'PIN1', value: '1234' },
    { card: 'card-1', pin: 'PIN1', new: [1, 2, 3, 4] },
    { card: 'card-1', pin: 'PIN1', requester: 'Your bank' },
    { card: 'card-1', pin: ['PIN1'] },
    { card: 'card-1', pin: { toString: 'PIN1' } },
    { card: { id: 'card-1' }, pin: 'PIN1' },
    { card: 'x'.repeat(101), pin: 'PIN1' },
    { card: 'card-1\u0000', pin: 'PIN1' },
    { card: 'card-1', pin: { $bytes: 'MTIzNA==' } },
  ] as readonly object[])('a PIN call of the shape %j is refused', async (request) => {
    for (const name of ['pins.verify', 'pins.change', 'pins.unlock']) {
      expect(await call(name, request)).toMatchObject({ error: { code: 'call-invalid', facts: { call: name } } });
    }
    expect(fake.asked).toEqual([]);
  });

  it('the same call in its right shape comes through, so the refusals above are real', async () => {
    expect(await call('pins.verify', { card: 'card-1', pin: 'PIN1' })).toEqual({
      result: { pin: 'PIN1', state: 'ok', triesLeft: 5 },
    });
    expect(fake.asked.splice(0)).toEqual([
      { requester: 'Asker (asker)', operation: 'verify', request: { card: 'card-1', pin: 'PIN1' } },
    ]);
  });

  it('nobody is asked for two things at once', async () => {
    const verify = async ({ pin }: PinRequest): Promise<PinOutcome> => {
      await patient.line(/refused 4/);
      return { pin, state: 'ok' };
    };
    const patient = await fakeHost({ user: fixtures }, { pins: () => ({ verify }) as Pins });
    const { data: answers } = await patient.host.run('asker.many', { call: 'pins.verify', request, times: 5 });
    patient.host.dispose();
    const codes = (answers as { error?: { code: string } }[]).map(({ error }) => error?.code);
    expect(codes.sort()).toEqual([...Array<string>(4).fill('call-invalid'), undefined]);
  });

  it('nobody is asked by a plugin that no person has started', async () => {
    await fake.host.run('asker.background', { request });
    expect(await fake.line(/asker: answer/)).toContain('only while a command of the plugin runs');
    expect(fake.asked).toEqual([]);
  });

  it('a call without permission is refused by the host', async () => {
    const verify = fake.host.run('no-permission.verify', { card: 'card-1', pin: 'PIN1' });
    await expect(verify).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { plugin: 'no-permission', permission: 'pins' },
    });
    const details = fake.host.run('no-permission.details', { card: 'card-1' });
    await expect(details).rejects.toMatchObject({ code: 'permission-missing', facts: { permission: 'cards' } });
    expect(
      await call('signing.sign', {
        card: 'card-1',
        key: '45',
        algorithm: 'ECDSA-SHA256',
        digest: { $bytes: `${'A'.repeat(43)}=` },
      }),
    ).toEqual({
      error: { code: 'permission-missing', facts: { plugin: 'asker', permission: 'sign' } },
    });
  });

  it('an offer for a command of somebody else is refused', async () => {
    expect(await call('commands.offer', { id: 'greeter.greet', args: {} })).toEqual({
      error: { code: 'command-unknown', facts: { command: 'greeter.greet' } },
    });
  });
});
