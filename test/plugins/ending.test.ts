import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alive, bundled, fixtures } from './fake-host.js';
import { started } from './started.js';

// How long something outside may take to be seen; not how long it should.
const patiently = { timeout: 30_000 };

describe('no process is left behind', () => {
  it('dispose ends every process at once', async () => {
    const { host, state } = await started({ bundled });
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
    const { host } = await started({ bundled });
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
    const { host } = await started({ bundled }, { pins });
    await expect(host.run('pin.verify', { card: 'card-1', pin: 'PIN1' })).rejects.toMatchObject({
      code: 'plugin-ended',
    });
    await expect.poll(() => given, patiently).toEqual(['up']);
  });
});
