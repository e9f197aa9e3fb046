import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { bundled, fixtures } from './fake-host.js';
import { started } from './started.js';

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

const copyOf = async (...from: readonly string[]): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sigill-plugins-'));
  made.push(folder);
  // Without `node_modules`: a plugin that a person copied in brings nothing of the program along.
  for (const path of from) await cp(path, join(folder, path.split('/').at(-1) ?? ''), { recursive: true });
  return folder;
};

describe('plugins as folders', () => {
  it("a third party's plugin in plain JavaScript works from a folder that knows nothing of the program", async () => {
    const user = await copyOf(join(fixtures, 'greeter'));
    const { host, events, line } = await started({ bundled, user });
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
    const { host, plugins } = await started({ bundled: folder });
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
    const other = await started({ bundled: folder });
    await expect(other.host.run('activation.activate', { card: 'card-1' })).resolves.toMatchObject({
      messages: [{}, {}, {}],
    });
    await expect(other.host.run('pin.verify', {})).rejects.toMatchObject({ code: 'command-unknown' });
  });

  it('every bundled plugin has all its texts in every language, and each is a valid message', async () => {
    const { IntlMessageFormat } = await import('intl-messageformat');
    const { plugins } = await started(
      { bundled },
      {
        cards: { readers: NEVER, events: NEVER, details: () => Promise.reject(), certificate: () => Promise.reject() },
      },
    );
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
