import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesOfGuide, writeFromGuide } from './guide-files.js';
import { RunningWindow } from './running-window.js';
import { type CardsDocument, ended, Home, shown } from './sigill.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const card = ['--simulate', 'siths-like'];

let home: Home;
let plugins: string;
beforeEach(() => {
  home = new Home();
  plugins = join(home.folder, 'data', 'sigill', 'plugins');
});
afterEach(() => home.remove());

const profile = async (): Promise<string | undefined> =>
  (await home.json<CardsDocument>([...card, 'cards'])).readers[0]?.card?.profile;

describe('the card plugin of the guide', () => {
  it('names the card and tells how it signs, until its folder is taken away', async () => {
    const folder = writeFromGuide('our-card', plugins);
    const { readers } = await home.json<CardsDocument>([...card, 'cards']);
    expect(readers[0]).toMatchObject({ state: 'ready', card: { profile: 'our-card', label: 'Our card' } });
    const tested = await home.sigill([...card, '--pin-stdin', 'key', 'test', '45'], { input: ['123456'] });
    expect(tested).toMatchObject({ code: 0, errors: '' });
    expect((await home.sigill(['plugins'])).output).toContain(
      '● Our cards  @example/our-card 1.0.0\n    1 kind of card\n',
    );
    rmSync(folder, { recursive: true });
    expect(await profile()).toBe('iso7816-15');
    expect((await home.sigill(['plugins'])).output).not.toContain('Our cards');
  });

  it('that is broken stops no card, and sigill plugins tells the place', async () => {
    const file = join(writeFromGuide('our-card', plugins), 'our-card.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"42"', '"4"'));
    expect(await profile()).toBe('iso7816-15');
    const { output } = await home.sigill(['plugins']);
    expect(output).toMatch(
      /! Our cards .*\n {4}1 kind of card\n {4}The card profile .*our-card\.json cannot be used: \/signing\/algorithms/,
    );
    rmSync(file);
    expect((await home.sigill(['plugins'])).output).toContain(
      'cannot be used: there is no such file. Other cards work',
    );
  });
});

/** As the guide's two lines do: the packages where npm would put them, then the bundler. */
function bundled(): void {
  const own = writeFromGuide('greet', join(home.folder, 'work'));
  mkdirSync(join(own, 'node_modules', '@sigill'), { recursive: true });
  symlinkSync(join(root, 'core'), join(own, 'node_modules', '@sigill', 'core'));
  for (const name of ['inversify', 'rxjs'])
    symlinkSync(join(root, 'node_modules', name), join(own, 'node_modules', name));
  const [, , ...words] = linesOfGuide('npx rolldown')[0] ?? [];
  const made = spawnSync(join(root, 'node_modules', '.bin', 'rolldown'), words, { cwd: own, encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const manifest = readFileSync(join(own, 'package.json'), 'utf8').replace('./index.js', './dist/index.js');
  writeFileSync(join(own, 'package.json'), manifest);
  for (const part of ['package.json', 'messages', 'dist'])
    cpSync(join(own, part), join(plugins, 'greet', part), { recursive: true });
}

describe('the feature of the guide', () => {
  it.each([
    ['as it is', () => void writeFromGuide('greet', plugins)],
    ['as a bundle', bundled],
  ])(
    '%s: its panel shows who holds a card, its command greets, and without its folder it is gone',
    async (_, install) => {
      install();
      const child = home.start([...card, 'start', '--headless']);
      const end = ended(child);
      await shown(child.stdout, /\n/);
      const window = await RunningWindow.open(home);
      await window.ask({ kind: 'open-panel', panel: 'greet.cards' });
      const elements = await window.shows(
        ({ panels }) => panels.find(({ id, elements: [list] }) => id === 'greet.cards' && list)?.elements,
      );
      expect(elements).toMatchObject([
        { kind: 'list', items: [{ title: 'Karin Exempelsson' }] },
        { kind: 'buttons', actions: [{ command: 'greet.wave', label: 'Wave' }] },
      ]);
      await window.ask({ kind: 'run', command: 'greet.wave', args: {} });
      const said = await window.shows(({ activities }) => JSON.stringify(activities).match(/Hello, [^"]*/)?.[0]);
      expect(said).toBe('Hello, Karin Exempelsson!');

      rmSync(join(plugins, 'greet'), { recursive: true });
      window.close();
      await home.sigill(['quit']);
      expect((await end).code).toBe(0);
      expect((await home.sigill(['plugins'])).output).not.toContain('greet');
    },
  );
});
