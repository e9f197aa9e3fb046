import { afterEach, beforeEach, expect, it } from 'vitest';
import { Home } from './sigill.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

it.each([
  ['en', 'All 10 checks held.'],
  ['sv', 'Alla 10 kontroller höll.'],
  ['fi', 'Kaikki 10 tarkistusta pitivät.'],
])('the demo plays a card’s whole life in %s, and every check holds', async (lang, words) => {
  const { code, output, errors } = await home.sigill(['demo', '--lang', lang]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output.match(/^ {2}✓ /gm)).toHaveLength(10);
  expect(output).toContain(words);
  expect(output).not.toContain('✗');
});

it('it tells a program each step, and leaves nothing behind', async () => {
  const { steps } = await home.json<{ steps: readonly { step: string; held: boolean }[] }>(['demo']);
  expect(steps.map(({ step }) => step)).toEqual(
    'inserted offered activated changed wrong locked unlocked signed forged secret'.split(' '),
  );
  expect(steps.every(({ held }) => held)).toBe(true);
  expect(home.files()).toEqual([]);
});

it('it ends with 1 when a plugin that it shows is not there', async () => {
  const { code, errors } = await home.sigill(['demo', '--json'], { environment: { SIGILL_PLUGINS: home.folder } });
  expect(code).toBe(1);
  expect(JSON.parse(errors)).toHaveProperty('code');
});
