import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ended, Home, startedBy } from './sigill.js';

let home: Home;
beforeAll(() => {
  home = new Home();
});
afterAll(() => home.remove());

// Values that stand nowhere by chance.
const codes = { letter: '12345678', basic: '90817263', signature: '71625348', changed: '48372615', wrong: '83726150' };
const forms = Object.values(codes)
  .filter((digits) => digits !== codes.letter)
  .flatMap((digits) => [
    digits,
    Buffer.from(digits).toString('hex'),
    Buffer.from(digits).toString('base64').slice(0, 10),
  ]);

it('no code stands in any file below the home but the simulated chip, nor in what is shown and traced', async () => {
  const card = ['--simulate', 'fineid-v4:new-a', '--pin-stdin'];
  const runs = [
    [
      ['trace', 'activate'],
      [codes.letter, codes.basic, codes.basic, codes.signature, codes.signature],
    ],
    [
      ['pin', 'change', 'PIN1'],
      [codes.basic, codes.changed, codes.changed],
    ],
    [['trace', 'pin', 'verify', 'PIN1', '--json'], [codes.wrong]],
    [['pin', 'verify', 'PIN1'], [codes.changed]],
    [['trace', 'key', 'test', '46'], [codes.signature]],
    [
      ['pin', 'unlock', 'PIN2'],
      [codes.letter, codes.signature, codes.signature],
    ],
  ] as const;
  const told: string[] = [];
  for (const [args, input] of runs) {
    const { output, errors } = await home.sigill([...card, ...args], { input });
    told.push(output, errors);
  }
  expect(told.join('')).toContain('(secret)');
  expect(told.join('')).toContain('was wrong');
  for (const form of forms) expect(told.join('')).not.toContain(form);

  const files = home.files();
  const chip = files.filter(([path]) => path.includes('simulated'));
  expect(chip.some(([, bytes]) => bytes.includes(codes.changed))).toBe(true);
  const others = files.filter(([path]) => !path.includes('simulated'));
  expect(others.map(([path]) => path)).toEqual(expect.arrayContaining([expect.stringMatching(/sigill\.log$/)]));
  for (const [path, bytes] of others) for (const form of forms) expect(bytes.includes(form), path).toBe(false);
});

it('no process of a command has a code in its arguments or its environment', async () => {
  const child = home.start(['--simulate', 'fineid-v4', '--pin-stdin', 'pin', 'change', 'PIN1']);
  const done = ended(child);
  // The plugin’s process is there when the host waits for the new code.
  const seen = startedBy(child.pid ?? 0);
  child.stdin.write('1234\n');
  for (const pid of [child.pid ?? 0, ...(await seen)]) {
    for (const file of ['cmdline', 'environ']) {
      const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
      expect(text.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/1234|2580/);
    }
  }
  child.stdin.end('2580\n2580\n');
  expect((await done).code).toBe(0);
});

it('a secret in the environment is not taken', async () => {
  const environment = { PIN: '1234', SIGILL_PIN: '1234', PIN1: '1234' };
  const { code, errors } = await home.sigill(['--simulate', 'myeid', 'pin', 'verify', 'PIN1', '--json'], {
    environment,
  });
  expect(code).toBe(2);
  expect(JSON.parse(errors)).toMatchObject({ code: 'secret-missing' });
});
