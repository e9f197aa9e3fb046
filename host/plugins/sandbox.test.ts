import { describe, expect, it } from 'vitest';
import { notDenied, sandboxEnvironment, sandboxFlags } from './sandbox.js';

describe('the sandbox of a plugin', () => {
  const flags = (version: string): readonly string[] => sandboxFlags(version, { reads: ['/a', '/b c'] });
  const least = ['--max-old-space-size=128', '--optimize-for-size', '--v8-pool-size=1'];
  const always = ['--allow-fs-read=/a', '--allow-fs-read=/b c', '--no-warnings'];

  it.each([
    ['20.19.0', ['--experimental-permission', ...always, ...least]],
    ['v20.20.2', ['--experimental-permission', ...always, ...least]],
    ['22.12.0', ['--experimental-permission', ...always, ...least]],
    ['22.13.0', ['--permission', ...always, ...least]],
    ['22.23.3', ['--permission', ...always, '--disable-sigusr1', ...least]],
    ['24.21.0', ['--permission', ...always, '--disable-sigusr1', ...least]],
    ['26.10.0', ['--permission', ...always, '--disable-sigusr1', ...least]],
  ])('on Node.js %s', (version, expected) => {
    expect(flags(version)).toEqual(expected);
  });

  it('allows nothing but reading, on any version', () => {
    for (const version of ['20.19.0', '22.23.3', '24.21.0', '26.10.0']) {
      expect(
        flags(version).filter((flag) => flag.startsWith('--allow') && !flag.startsWith('--allow-fs-read=')),
      ).toEqual([]);
    }
  });

  it('says what a version cannot deny', () => {
    expect(notDenied('20.19.0')).toEqual(['network', 'signals']);
    expect(notDenied('24.21.0')).toEqual(['network', 'signals']);
    expect(notDenied('26.10.0')).toEqual(['signals']);
  });

  it('passes on language and time zone only', () => {
    const environment = {
      LANG: 'fi_FI.UTF-8',
      TZ: 'Europe/Helsinki',
      HOME: '/root',
      NODE_OPTIONS: '--inspect',
      PATH: '/bin',
    };
    expect(sandboxEnvironment(environment)).toEqual({ LANG: 'fi_FI.UTF-8', TZ: 'Europe/Helsinki' });
  });
});
