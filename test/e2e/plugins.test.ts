import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CardsDocument, Home } from './sigill.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

/** The bundled plugins but one, in a folder of their own. */
function without(name: string): NodeJS.ProcessEnv {
  const folder = join(home.folder, 'sigill', 'plugins');
  const isPlugin = (path: string): boolean => !path.includes('node_modules') && !path.endsWith(join('plugins', name));
  cpSync(join(root, 'plugins'), folder, { recursive: true, filter: isPlugin });
  expect(existsSync(join(folder, name))).toBe(false);
  return { SIGILL_PLUGINS: folder };
}

it('sigill plugins lists what each offers and may use', async () => {
  const { plugins } = await home.json<{ plugins: readonly Record<string, unknown>[] }>(['plugins']);
  expect(plugins.map(({ name }) => name)).toEqual(
    ['activation', 'email', 'fineid', 'myeid', 'pdf-sign', 'pin'].map((name) => `@sigill-plugin/${name}`),
  );
  expect(plugins.find(({ name }) => name === '@sigill-plugin/pin')).toMatchObject({
    permissions: ['pins'],
    commands: [{ id: 'pin.verify' }, { id: 'pin.change' }, { id: 'pin.unlock' }],
  });
  const { output } = await home.sigill(['plugins', '--lang', 'sv']);
  expect(output).toMatch(/kommandon: pin\.verify, pin\.change, pin\.unlock\n\s+får använda: pins/);
});

describe('taking one folder away leaves the rest working', () => {
  it('without pin: codes are not offered, cards are read, a new one is activated', async () => {
    const environment = without('pin');
    const verify = await home.sigill(['--simulate', 'fineid-v4', 'pin', 'verify', 'PIN1', '--json'], { environment });
    expect(verify.code).toBe(1);
    expect(JSON.parse(verify.errors)).toMatchObject({ code: 'command-unknown', facts: { command: 'pin.verify' } });
    expect(verify.errors).toContain('The plugin “pin”, which offers pin.verify, is not installed');
    const activated = await home.sigill(['--simulate', 'fineid-org:new-a', '--pin-stdin', 'activate'], {
      environment,
      input: ['12345678', '2580', '2580', '147258', '147258'],
    });
    expect(activated).toMatchObject({ code: 0, errors: '' });
  });

  it('without activation: a new card is seen, and codes of others are verified', async () => {
    const environment = without('activation');
    const { code } = await home.sigill(['--simulate', 'fineid-v4', '--pin-stdin', 'pin', 'verify', 'PIN1'], {
      environment,
      input: ['1234'],
    });
    expect(code).toBe(0);
    const activate = await home.sigill(['--simulate', 'fineid-v4:new-a', 'activate', '--json'], { environment });
    expect(JSON.parse(activate.errors)).toMatchObject({ code: 'command-unknown' });
  });

  it('without fineid: its cards are read from their own directories, and MyEID’s as before', async () => {
    const environment = without('fineid');
    const { readers } = await home.json<CardsDocument>(['--simulate', 'myeid', '--simulate', 'fineid-v4', 'cards'], {
      environment,
    });
    expect(readers.map(({ card }) => card?.profile)).toEqual(['myeid', 'iso7816-15']);
  });
});
