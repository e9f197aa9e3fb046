import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Io } from './io.js';
import { main } from './main.js';

/** A command line that touches nothing: what it wrote, and its exit code. */
async function run(...argv: readonly string[]): Promise<{ code: number; output: string; errors: string }> {
  const written = { output: '', errors: '' };
  const stream = (name: keyof typeof written) => ({
    write: (text: string | Uint8Array) => (written[name] += String(text)),
  });
  const io: Io = {
    environment: {},
    platform: 'linux',
    home: '/nowhere',
    input: Object.assign(Readable.from([]), { setRawMode: () => {} }),
    output: stream('output'),
    errors: stream('errors'),
    endings: process,
    signal: new AbortController().signal,
  };
  return { code: await main(argv, io), ...written };
}

it('help is in the person’s language, down to its headings', async () => {
  expect((await run('--help')).output).toMatch(/^Usage: sigill \[options\] \[command\]\n/);
  const { code, output, errors } = await run('--lang', 'fi', 'pin', 'unlock', '--help');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^Käyttö: sigill pin unlock \[valitsimet\] <PIN>\n/);
  for (const words of ['Argumentit:', 'Valitsimet:', 'näytä tämä ohje', 'Ei PUK-koodia?'])
    expect(output).toContain(words);
  const { output: swedish } = await run('--lang', 'sv', '--help');
  expect(swedish).not.toMatch(/display|\[options\]|\[command\]|Usage/);
});

it('a command that lacks its second word shows its help to a person, and tells a program', async () => {
  const person = await run('pin');
  expect(person).toMatchObject({ code: 2, output: '' });
  expect(person.errors).toContain('unlock');
  const program = await run('pin', '--json');
  expect(program).toMatchObject({ code: 2, output: '' });
  expect(JSON.parse(program.errors)).toMatchObject({ code: 'usage' });
});

it('a language that Sigill does not speak is told in the session’s', async () => {
  expect(await run('--lang', 'de', 'cards')).toMatchObject({ code: 2, output: '' });
  expect((await run('cards', '--lang')).errors).toContain('--lang <LANG> needs a value');
});
