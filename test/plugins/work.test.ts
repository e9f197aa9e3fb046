import { describe, expect, it } from 'vitest';
import { bundled, fixtures, readerWith } from './fake-host.js';
import { started } from './started.js';

describe('plugins at work', () => {
  it('a command starts its plugin in a process of its own, and the host says who asks', async () => {
    const { host, asked, state } = await started({ bundled });
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
    const { host } = await started({ bundled });
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

  it('a host that has nothing to do has no plugin process', async () => {
    const { host, readers, line } = await started({ user: fixtures }, { limits: { idle: 0 } });
    readers.next([]);
    host.start();
    expect(host.list().filter(({ pid }) => pid !== undefined)).toEqual([]);
    readers.next([readerWith('card-1')]);
    await line(/greeter: started/);
    await line(/greeter: stopped/);
    await host.stop('greeter');
    expect(host.list().filter(({ pid }) => pid !== undefined)).toEqual([]);
  });

  it('a failure of the host passes through the plugin unchanged', async () => {
    const { Failure } = await import('@sigill/core');
    const wrong = new Failure('pin-wrong', { pin: 'PIN1', triesLeft: 3 });
    const pins = () => ({ verify: () => Promise.reject(wrong) }) as never;
    const { host } = await started({ bundled }, { pins });
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
    const { host } = await started({ bundled }, { pins });
    const running = host.run('pin.verify', { card: 'card-1', pin: 'PIN1' }, cancel.signal);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(host.list().find(({ name }) => name === '@sigill-plugin/pin')).toMatchObject({ state: 'running' });
  });

  it('a disabled plugin is ended and not started, until it is enabled', async () => {
    const { host, state } = await started({ bundled });
    const verify = () => host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    await verify();
    await host.disable('@sigill-plugin/pin');
    expect(state('@sigill-plugin/pin')).toMatchObject({ state: 'disabled' });
    await expect(verify()).rejects.toMatchObject({ code: 'plugin-failed' });
    host.enable('@sigill-plugin/pin');
    await expect(verify()).resolves.toMatchObject({ data: { state: 'ok' } });
  });
});
