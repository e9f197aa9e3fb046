import { languages } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Home, tries } from './sigill.js';

let home: Home;
let faults: string;
beforeAll(async () => {
  home = new Home();
  // The card's answer to the guard's question, just before the code: counted where nothing goes wrong, on a card seen before.
  await home.json(['--simulate', 'fineid-v4', 'cards']);
  const args = ['--simulate', 'fineid-v4', '--pin-stdin', 'trace', 'pin', 'verify', 'PIN1'];
  const { apdus } = await home.json<{ apdus: readonly string[] }>(args, { input: ['1234'] });
  const before = apdus.slice(
    0,
    apdus.findIndex((line) => line.includes('(secret)')),
  );
  const at = before.filter((line) => line.includes(': 00cb')).length;
  expect(at).toBeGreaterThan(1);
  faults = JSON.stringify([{ at, ins: 0xcb, kind: 'removed-before' }]);
});
afterAll(() => home.remove());

interface Bad {
  readonly what: string;
  readonly args: readonly string[];
  readonly input?: readonly string[];
  /** The card is pulled out when its code would be presented. */
  readonly pulled?: boolean;
  readonly exit: number;
  readonly code: string;
}

const bad: readonly Bad[] = [
  { what: 'a code that is too short', args: ['pin', 'verify', 'PIN1'], input: ['123'], exit: 2, code: 'secret-length' },
  {
    what: 'a code that is too long',
    args: ['pin', 'verify', 'PIN2'],
    input: ['123456789'],
    exit: 2,
    code: 'secret-length',
  },
  {
    what: 'a new code that is too short',
    args: ['pin', 'change', 'PIN2'],
    input: ['123456', '1111', '1111'],
    exit: 2,
    code: 'secret-length',
  },
  { what: 'letters in a code', args: ['pin', 'verify', 'PIN1'], input: ['12a4'], exit: 2, code: 'secret-not-digits' },
  {
    what: 'codes that differ',
    args: ['pin', 'change', 'PIN1'],
    input: ['1234', '2580', '2581'],
    exit: 2,
    code: 'secret-differs',
  },
  { what: 'no code', args: ['pin', 'verify', 'PIN1'], input: [], exit: 2, code: 'secret-missing' },
  {
    what: 'a reader that is not there',
    args: ['pin', 'verify', 'PIN1', '--reader', 'Cherry'],
    input: ['1234'],
    exit: 3,
    code: 'reader-unknown',
  },
  {
    what: 'a code that the card does not have',
    args: ['pin', 'verify', 'PIN3'],
    input: ['1234'],
    exit: 2,
    code: 'pin-unknown',
  },
  {
    what: 'a card that is pulled out',
    args: ['pin', 'verify', 'PIN1'],
    input: ['1234'],
    pulled: true,
    exit: 8,
    code: 'card-removed',
  },
];

const noTrySpent = {
  en: /no try was spent/i,
  sv: /inget försök har gått åt/i,
  fi: /yhtään yritystä ei kulunut|eikä yhtään yritystä kulunut/i,
};

it.each(bad)('$what is told in three languages and to programs, and spends no try', async (one) => {
  const { args, input = [], pulled = false, exit, code } = one;
  const options = { input, environment: pulled ? { SIGILL_SIMULATE_FAULTS: faults } : {} };
  const simulated = ['--simulate', 'fineid-v4', '--pin-stdin'];
  const people = languages.map(async (lang) => {
    const ended = await home.sigill([...simulated, '--lang', lang, ...args], options);
    expect({ ...ended, errors: '' }).toEqual({ code: exit, output: '', errors: '' });
    expect(ended.errors).toMatch(noTrySpent[lang]);
    expect(ended.errors).toMatch(/^✗ \p{Lu}.*\.\n$/su);
    return ended.errors;
  });
  const program = home.sigill([...simulated, '--json', ...args], options).then(({ code: ended, output, errors }) => {
    expect({ ended, output }).toEqual({ ended: exit, output: '' });
    const told = JSON.parse(errors) as Record<string, unknown>;
    expect(Object.keys(told)).toEqual(['code', 'facts', 'message']);
    expect(told['code']).toBe(code);
    return errors;
  });
  // Nothing that was typed is told back.
  const typed = input.filter((line) => line.length > 3);
  for (const told of await Promise.all([...people, program]))
    for (const line of typed) expect(told).not.toContain(line);
  expect(await tries(home, 'fineid-v4')).toBe('PIN1 5, PIN2 5, PUK 5');
});

describe('a command line that cannot be understood', () => {
  const cases = [
    [['card'], 'there is no command “card”'],
    [['cards', '--everything'], 'there is no option --everything'],
    [['pin', 'verify'], 'PIN is missing'],
    [['cards', '--reader'], 'needs a value'],
    [['--lang', 'de', 'cards'], '--lang en | sv | fi'],
    [['cert', 'export', '45', '46'], 'too many arguments'],
    [['trace'], 'name the command'],
  ] as const;

  it.each(cases)('%j ends with 2 and says why', async (args, words) => {
    const { code, output, errors } = await home.sigill(args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(words);
  });

  it('a code typed in the place of PIN1 is not repeated anywhere', async () => {
    const { code, errors } = await home.sigill(['--simulate', 'fineid-v4', 'pin', 'verify', '73519']);
    expect(code).toBe(2);
    expect(errors).toContain('never stand on the command line');
    expect(errors).not.toContain('73519');
    for (const [path, bytes] of home.files()) expect(bytes.includes('73519'), path).toBe(false);
  });

  it('is told in Swedish and Finnish too', async () => {
    expect((await home.sigill(['--lang', 'sv', 'card'])).errors).toContain('det finns inget kommando ”card”');
    expect((await home.sigill(['--lang=fi', 'card'])).errors).toContain('komentoa ”card” ei ole');
  });

  it('a simulated card that is not there is told with those that are', async () => {
    const { code, errors } = await home.sigill(['--simulate', 'visa', 'cards', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(errors)).toMatchObject({ code: 'simulation-unknown', facts: { card: 'visa' } });
  });
});
