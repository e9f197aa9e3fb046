import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstValueFrom } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { alive, bundled, fakeHost, fixtures, idleServices, readerWith } from './fake-host.js';

// How long something outside may take to be seen; not how long it should.
const patiently = { timeout: 30_000 };

type Fake = Awaited<ReturnType<typeof fakeHost>>;

const started: Fake[] = [];
const folders: string[] = [];
const start = async (...options: Parameters<typeof fakeHost>): Promise<Fake> => {
  const fake = await fakeHost(...options);
  started.push(fake);
  return fake;
};
const copyOf = async (...from: readonly string[]): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sigill-plugins-'));
  folders.push(folder);
  // Without `node_modules`: a plugin that a person copied in brings nothing of the program along.
  for (const path of from) await cp(path, join(folder, path.split('/').at(-1) ?? ''), { recursive: true });
  return folder;
};

afterEach(async () => {
  for (const { host } of started.splice(0)) host.dispose();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

describe('plugins at work', () => {
  it('a command starts its plugin in a process of its own, and the host says who asks', async () => {
    const { host, asked, state } = await start({ bundled });
    expect(state('@sigill-plugin/pin')).toMatchObject({ state: 'stopped' });
    const result = await host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    expect(result).toEqual({
      messages: [{ key: 'pin.verify.done', values: { pin: 'PIN1' } }],
      data: { pin: 'PIN1', state: 'ok', triesLeft: 5 },
    });
    expect(asked).toEqual([
      { requester: 'Codes (@sigill-plugin/pin)', operation: 'verify', request: { card: 'card-1', pin: 'PIN1' } },
    ]);
    expect(state('@sigill-plugin/pin')).toMatchObject({ state: 'running' });
    expect(state('@sigill-plugin/pin')?.pid).not.toBe(process.pid);
  });

  it('change and unlock tell what was done, unlock both halves of it', async () => {
    const { host } = await start({ bundled });
    const change = await host.run('pin.change', { card: 'card-1', pin: 'PIN2' });
    const unlock = await host.run('pin.unlock', { card: 'card-1', pin: 'PIN2' });
    expect([...change.messages, ...unlock.messages].map(({ key }) => key)).toEqual([
      'pin.change.done',
      'pin.unlock.done',
    ]);
    expect(host.commandOwner('pin.unlock')?.texts.sv['pin.unlock.done']).toContain(
      'PIN-koden har låsts upp och ändrats.',
    );
  });

  it("a card that is not activated starts the activation by itself, once per insertion, and the person's yes runs it", async () => {
    const { host, readers, asked } = await start({ bundled });
    host.start();
    const offers: unknown[] = [];
    host.offers.subscribe((offer) => offers.push(offer));
    const first = firstValueFrom(host.offers);
    readers.next([readerWith('card-2', 'not-activated')]);
    const { command, args } = await first;
    const { messages, data } = await host.run(command, args);
    expect(messages.map(({ key }) => key)).toEqual(['activation.set', 'activation.set', 'activation.done']);
    expect(data).toEqual({
      pins: [
        { pin: 'PIN1', state: 'ok' },
        { pin: 'PIN2', state: 'ok' },
      ],
    });
    expect(asked.map(({ operation }) => operation)).toEqual(['activate']);

    readers.next([readerWith('card-2', 'half-activated')]);
    const second = firstValueFrom(host.offers);
    readers.next([readerWith('card-3', 'half-activated')]);
    await second;
    const offer = { plugin: '@sigill-plugin/activation', command: 'activation.activate' };
    expect(offers).toEqual([
      { ...offer, args: { card: 'card-2' } },
      { ...offer, args: { card: 'card-3' } },
    ]);
  });

  it('a host that has nothing to do has no plugin process', async () => {
    const { host, readers, line } = await start({ user: fixtures }, { limits: { idle: 0 } });
    readers.next([]);
    host.start();
    expect(host.list().filter(({ pid }) => pid !== undefined)).toEqual([]);
    readers.next([readerWith('card-1')]);
    await line(/greeter: started/);
    await line(/greeter: stopped/);
    await host.stop('greeter');
    expect(host.list().filter(({ pid }) => pid !== undefined)).toEqual([]);
  });

  it('dispose ends every process at once', async () => {
    const { host, state } = await start({ bundled });
    await host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    const pid = state('@sigill-plugin/pin')?.pid ?? 0;
    expect(alive(pid)).toBe(true);
    host.dispose();
    await expect.poll(() => alive(pid), patiently).toBe(false);
    await expect(host.run('pin.verify', { card: 'card-1', pin: 'PIN1' })).rejects.toMatchObject({
      code: 'plugin-ended',
    });
  });

  it('dispose ends a plugin that is still starting', async () => {
    const { host } = await start({ bundled });
    const running = host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    host.dispose();
    await expect(running).rejects.toMatchObject({ code: 'plugin-ended' });
  });

  it('plugins end when their host is killed', async () => {
    const host = spawn(process.execPath, [
      fileURLToPath(new URL('./fixtures/doomed-host.mjs', import.meta.url)),
      fixtures,
    ]);
    const [said] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(alive(pid)).toBe(true);
    host.kill('SIGKILL');
    await expect.poll(() => alive(pid), patiently).toBe(false);
  });

  it('a failure of the host passes through the plugin unchanged', async () => {
    const { Failure } = await import('@sigill/core');
    const wrong = new Failure('pin-wrong', { pin: 'PIN1', triesLeft: 3 });
    const pins = () => ({ verify: () => Promise.reject(wrong) }) as never;
    const { host } = await start({ bundled }, { pins });
    const running = host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    await expect(running).rejects.toMatchObject({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 3 } });
  });

  it('cancelling a command gives up what the person is asked for', async () => {
    const { Failure } = await import('@sigill/core');
    const cancel = new AbortController();
    const pins = (_requester: string, signal: AbortSignal) =>
      ({
        verify: () =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Failure('cancelled', {})));
            cancel.abort();
          }),
      }) as never;
    const { host } = await start({ bundled }, { pins });
    const running = host.run('pin.verify', { card: 'card-1', pin: 'PIN1' }, cancel.signal);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(host.list().find(({ name }) => name === '@sigill-plugin/pin')).toMatchObject({ state: 'running' });
  });

  it('what a plugin asks of a person is given up when its process ends', async () => {
    const given: string[] = [];
    const pins = (_requester: string, signal: AbortSignal) =>
      ({
        verify: () => {
          signal.addEventListener('abort', () => given.push('up'));
          host.dispose();
          return new Promise(() => {});
        },
      }) as never;
    const { host } = await start({ bundled }, { pins });
    await expect(host.run('pin.verify', { card: 'card-1', pin: 'PIN1' })).rejects.toMatchObject({
      code: 'plugin-ended',
    });
    await expect.poll(() => given, patiently).toEqual(['up']);
  });

  it('a disabled plugin is ended and not started, until it is enabled', async () => {
    const { host, state } = await start({ bundled });
    const verify = () => host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    await verify();
    await host.disable('@sigill-plugin/pin');
    expect(state('@sigill-plugin/pin')).toMatchObject({ state: 'disabled' });
    await expect(verify()).rejects.toMatchObject({ code: 'plugin-failed' });
    host.enable('@sigill-plugin/pin');
    await expect(verify()).resolves.toMatchObject({ data: { state: 'ok' } });
  });
});

describe('plugins as folders', () => {
  it("a third party's plugin in plain JavaScript works from a folder that knows nothing of the program", async () => {
    const user = await copyOf(join(fixtures, 'greeter'));
    const { host, events, line } = await start({ bundled, user });
    expect(await host.run('greeter.greet')).toEqual({
      messages: [{ key: 'greeter.hello', values: { holder: 'Holder card-1' } }],
    });
    events.next({ kind: 'card-removed', reader: 'Reader 0' });
    expect(await line(/card-removed/)).toBe('greeter: card-removed Reader 0');
  });

  it('taking one bundled plugin away leaves the others working', async () => {
    const all = ['pin', 'activation', 'fineid', 'myeid'].map((name) => join(bundled, name));
    const folder = await copyOf(...all);
    await rm(join(folder, 'activation'), { recursive: true });
    const { host, plugins } = await start({ bundled: folder });
    expect(plugins.plugins.map(({ manifest }) => manifest.name)).toEqual([
      '@sigill-plugin/fineid',
      '@sigill-plugin/myeid',
      '@sigill-plugin/pin',
    ]);
    await expect(host.run('pin.verify', { card: 'card-1', pin: 'PIN1' })).resolves.toMatchObject({
      data: { state: 'ok' },
    });
    await expect(host.run('activation.activate', { card: 'card-1' })).rejects.toMatchObject({
      code: 'command-unknown',
    });

    await rm(join(folder, 'pin'), { recursive: true });
    await cp(join(bundled, 'activation'), join(folder, 'activation'), { recursive: true });
    const other = await start({ bundled: folder });
    await expect(other.host.run('activation.activate', { card: 'card-1' })).resolves.toMatchObject({
      messages: [{}, {}, {}],
    });
    await expect(other.host.run('pin.verify', {})).rejects.toMatchObject({ code: 'command-unknown' });
  });

  it('every bundled plugin has all its texts in every language, and each is a valid message', async () => {
    const { IntlMessageFormat } = await import('intl-messageformat');
    const { plugins } = await start({ bundled }, { cards: { ...idleServices.cards, details: () => Promise.reject() } });
    expect(plugins.broken).toEqual([]);
    for (const { folder, texts } of plugins.plugins) {
      const keys = Object.keys(texts.en);
      expect([folder, Object.keys(texts.sv), Object.keys(texts.fi)]).toEqual([folder, keys, keys]);
      for (const [language, sentences] of Object.entries(texts)) {
        for (const sentence of Object.values(sentences))
          expect(() => new IntlMessageFormat(sentence, language)).not.toThrow();
      }
      const source = await readFile(join(folder, 'package.json'), 'utf8');
      for (const [, key] of source.matchAll(/"%(.+?)%"/g)) expect(keys).toContain(key);
    }
  });
});
