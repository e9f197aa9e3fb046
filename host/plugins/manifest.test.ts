import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from './manifest.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigill-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const good = {
  name: '@acme/wave',
  version: '1.0.0',
  type: 'module',
  main: './dist/index.js',
  files: ['dist'],
  engines: { node: '>=20', sigill: '^0.1.0' },
  sigill: {
    activation: ['startup', 'card', 'card:fineid-citizen', 'card-state:not-activated', 'command:wave.hand'],
    permissions: ['cards'],
    contributes: { commands: [{ id: 'wave.hand', title: '%title%' }], cardProfiles: ['profiles/a.json'] },
  },
};
const read = async (manifest: unknown, texts?: Parameters<typeof readManifest>[1]) => {
  await writeFile(join(folder, 'package.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  return await readManifest(folder, texts, '0.1.0');
};

describe("a plugin's manifest", () => {
  it('is read without running anything, with titles in all languages', async () => {
    const texts = { en: { title: 'Wave' }, sv: { title: 'Vinka' }, fi: {} };
    expect(await read(good, texts)).toEqual({
      name: '@acme/wave',
      version: '1.0.0',
      title: '@acme/wave',
      main: './dist/index.js',
      needs: '^0.1.0',
      activation: good.sigill.activation,
      permissions: ['cards'],
      contributes: {
        commands: [{ id: 'wave.hand', title: { en: 'Wave', sv: 'Vinka', fi: 'Wave' } }],
        cardProfiles: ['profiles/a.json'],
        menu: [],
        panels: [],
        settings: [],
      },
    });
  });

  it('may be data alone', async () => {
    const { main: _, ...data } = { ...good, sigill: { contributes: { cardProfiles: ['a.json'] } } };
    expect(await read(data)).toMatchObject({ activation: [], permissions: [] });
  });

  const sigill = (change: object) => ({ ...good, sigill: { ...good.sigill, ...change } });
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'JSON'],
    ['no object', '[]', 'must be an object'],
    ['a huge one', ' '.repeat(100_001), 'longer than'],
    ['no name', { ...good, name: undefined }, 'name is missing'],
    ['a name that is a path', { ...good, name: '../evil' }, 'name does not match'],
    ['no block', { ...good, sigill: undefined }, 'sigill is missing'],
    ['no range', { ...good, engines: {} }, 'engines.sigill is missing'],
    ['a range of another form', { ...good, engines: { sigill: '*' } }, 'must be a version like'],
    ['a main outside', { ...good, main: '../../host/main.js' }, 'main must be a path inside'],
    ['an absolute main', { ...good, main: '/etc/passwd' }, 'main must be a path inside'],
    ['no main', { ...good, main: undefined }, 'main is missing'],
    ['a profile outside', sigill({ contributes: { cardProfiles: ['a/../../b'] } }), 'must be a path inside'],
    ['an unknown permission', sigill({ permissions: ['root'] }), 'permissions[0] must be one of'],
    ['an unknown state', sigill({ activation: ['card-state:happy'] }), 'activation[0] does not match'],
    ['an unknown event', sigill({ activation: ['onload'] }), 'activation[0] does not match'],
    ["somebody else's command", sigill({ activation: ['command:pin.verify'] }), 'not among its commands'],
    [
      'a command twice',
      sigill({ contributes: { commands: Array(2).fill({ id: 'a.b', title: 'x' }) }, activation: [] }),
      'a.b twice',
    ],
    ['a command of one word', sigill({ contributes: { commands: [{ id: 'wave', title: 'x' }] } }), 'does not match'],
    ['a key that is not known', sigill({ activationEvents: [] }), 'activationEvents is not known'],
  ])('with %s is refused with the reason', async (_what, manifest, why) => {
    await expect(read(manifest)).rejects.toMatchObject({
      code: 'manifest-invalid',
      facts: { path: join(folder, 'package.json'), why: expect.stringContaining(why) as string },
    });
  });

  it('whose title has no text is refused', async () => {
    await expect(read(good, { en: {}, sv: {}, fi: {} })).rejects.toMatchObject({ code: 'manifest-invalid' });
  });

  it('for another version of the API is refused with both versions', async () => {
    await expect(read({ ...good, engines: { sigill: '^1.0.0' } })).rejects.toMatchObject({
      code: 'plugin-version',
      facts: { plugin: '@acme/wave', needs: '^1.0.0', has: '0.1.0' },
    });
  });
});
