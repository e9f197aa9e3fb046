import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlugins } from '../../host/plugins/finder.js';
import { Forerunner } from '../../host/plugins/forerunner.js';
import { alive, bundled, fixtures } from './fake-host.js';
import { started } from './started.js';

const name = '@sigill-plugin/pin';
const folder = realpathSync(join(bundled, 'pin'));

describe('a process that is started before its host', () => {
  it('is the one that the plugin runs in', async () => {
    const { plugins } = await findPlugins({ bundled });
    const forerunner = new Forerunner(plugins, name);
    let pid: number | undefined;
    const begun = (from: string) => {
      const spawned = forerunner.take(from);
      pid ??= spawned?.child.pid;
      return spawned;
    };
    const { host, state } = await started({ bundled }, { begun });
    await host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    expect(state(name)).toMatchObject({ state: 'running', pid });
    expect(pid).toBeDefined();
    // The next one is its own.
    await host.stop(name);
    await host.run('pin.verify', { card: 'card-1', pin: 'PIN1' });
    expect(state(name)?.pid).not.toBe(pid);
  });

  it('ends when nobody took it', async () => {
    const { plugins } = await findPlugins({ bundled });
    const forerunner = new Forerunner(plugins, name);
    const other = new Forerunner(plugins, name);
    const spawned = other.take(folder);
    const pid = spawned?.child.pid ?? 0;
    expect(alive(pid)).toBe(true);
    expect(other.take(folder)).toBeUndefined();
    other.dispose();
    expect(alive(pid)).toBe(true);
    spawned?.child.kill('SIGKILL');
    expect(await spawned?.ended).toBe('SIGKILL');
    forerunner.dispose();
    expect(forerunner.take(folder)).toBeUndefined();
  });

  it('is none for a plugin that did not come with the program: that one is looked at first', async () => {
    const { plugins } = await findPlugins({ user: fixtures });
    const [other] = plugins.filter(({ manifest }) => manifest.main !== undefined);
    expect(other).toBeDefined();
    expect(new Forerunner(plugins, other?.manifest.name).take(other?.folder ?? '')).toBeUndefined();
  });
});
