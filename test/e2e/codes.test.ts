import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CardsDocument, Home, tries } from './sigill.js';

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const pin = (card: string, operation: string, which: string, input: readonly string[], more: readonly string[] = []) =>
  home.sigill(['--simulate', card, '--pin-stdin', 'pin', operation, which, '--json', ...more], { input });

it('a right code is verified in the plugin’s process and costs nothing', async () => {
  const { code, output, errors } = await pin('fineid-v4', 'verify', 'PIN1', ['1234']);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(JSON.parse(output)).toMatchObject({ pin: 'PIN1', state: 'ok' });
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it('a wrong code costs one try, which the card keeps between commands', async () => {
  for (const left of [4, 3]) {
    const { code, output, errors } = await pin('fineid-v4', 'verify', 'PIN1', [`999${left}`]);
    expect({ code, output }).toEqual({ code: 4, output: '' });
    expect(JSON.parse(errors)).toMatchObject({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: left } });
  }
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 3, PIN2 5, PUK 5');
});

it('the PUK opens a locked code and gives it a new value', async () => {
  expect((await pin('fineid-v4:pin1-locked', 'unlock', 'PIN1', ['12345678', '2580', '2580'])).code).toBe(0);
  expect((await pin('fineid-v4:pin1-locked', 'verify', 'PIN1', ['2580'])).code).toBe(0);
  expect(await tries(home, 'fineid-v4:pin1-locked')).toBe('PIN1 5, PIN2 5, PUK 5');
});

it('a changed code is the new one from then on', async () => {
  expect((await pin('myeid', 'change', 'PIN2', ['123456', '654321', '654321'])).code).toBe(0);
  expect((await pin('myeid', 'verify', 'PIN2', ['654321'])).code).toBe(0);
  expect((await pin('myeid', 'verify', 'PIN2', ['123456'])).code).toBe(4);
});

describe('activation', () => {
  const activate = (card: string, input: readonly string[]) =>
    home.sigill(['--simulate', card, '--pin-stdin', 'activate', '--json'], { input });

  it.each([
    ['fineid-v4:new-a', '12345678'],
    ['fineid-v4:new-b', '1234567'],
    ['fineid-org:new-a', '12345678'],
  ])('%s is taken into use with the code of its letter', async (card, letter) => {
    const { code, output } = await activate(card, [letter, '2580', '2580', '147258', '147258']);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      pins: [
        { pin: 'PIN1', state: 'ok' },
        { pin: 'PIN2', state: 'ok' },
      ],
    });
    const { readers } = await home.json<CardsDocument>(['--simulate', card, 'cards']);
    expect(readers[0]?.state).toBe('ready');
    expect((await pin(card, 'verify', 'PIN2', ['147258'])).code).toBe(0);
  });

  it('one that was broken off is finished', async () => {
    expect((await activate('fineid-v4:half', ['12345678', '147258', '147258'])).code).toBe(0);
    const { readers } = await home.json<CardsDocument>(['--simulate', 'fineid-v4:half', 'cards']);
    expect(readers[0]?.state).toBe('ready');
  });

  it('a card in use is told to be so', async () => {
    const { code, errors } = await activate('fineid-v4', []);
    expect(code).toBe(1);
    expect(JSON.parse(errors)).toMatchObject({ code: 'already-activated' });
  });

  it('with two readers the card that is new is meant', async () => {
    const { code } = await home.sigill(
      ['--simulate', 'fineid-v4', '--simulate', 'fineid-org:new-a', '--pin-stdin', 'activate'],
      { input: ['12345678', '2580', '2580', '147258', '147258'] },
    );
    expect(code).toBe(0);
  });
});

describe('key test', () => {
  it.each([
    ['fineid-v4', 'PIN2', '123456', 'ECDSA-SHA384'],
    ['fineid-org', 'PIN2', '123456', 'ECDSA-SHA384'],
    ['fineid-v3', 'PIN1', '1234', 'RSA-PKCS1-SHA256'],
    ['myeid', 'PIN1', '1234', undefined],
  ])('the key of %s that asks for %s makes a signature that holds', async (card, which, digits, algorithm) => {
    const { readers } = await home.json<CardsDocument>(['--simulate', card, 'cards']);
    const id = readers[0]?.card?.certificates.find(({ key }) => key.pin === which)?.id ?? '';
    const { code, output } = await home.sigill(['--simulate', card, '--pin-stdin', 'key', 'test', id, '--json'], {
      input: [digits],
    });
    expect(code).toBe(0);
    const told = JSON.parse(output) as { verified: boolean; algorithm: string };
    expect(told.verified).toBe(true);
    if (algorithm !== undefined) expect(told.algorithm).toBe(algorithm);
  });
});

it('a plugin’s sentences come in the person’s language', async () => {
  const args = ['--simulate', 'fineid-v4', '--pin-stdin', '--lang', 'sv', 'pin', 'unlock', 'PIN1'];
  const { output } = await home.sigill(args, { input: ['12345678', '2580', '2580'] });
  expect(output).toContain('PIN-koden har låsts upp och ändrats.');
});
