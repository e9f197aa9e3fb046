import { afterEach, expect, it } from 'vitest';
import { firstValueFrom } from 'rxjs';
import { PinPagePrompt } from '../../host/window/pin-page/pin-page-prompt.js';
import type { Secret } from '../../host/pin/secret.js';
import { logTo } from '../faults/scene.js';
import { PinClient } from './pin-client.js';

const form = { requester: 'Mail and browsers', program: 'Firefox (person)', folder: '~/p', isWrong: false };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines: string[] = [];
const stop = new AbortController();
afterEach(() => void lines.splice(0));

async function asking(more: Partial<typeof form> = {}, language: 'en' | 'sv' | 'fi' = 'en') {
  let opened: (address: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (opened = resolve));
  const prompt = new PinPagePrompt({ opener: { open: opened }, log: logTo(lines), language: () => language });
  const asked = prompt.askPassword({ ...form, ...more }, stop.signal);
  return { prompt, asked, client: new PinClient(await address) };
}

const text = (secret: Secret | undefined) => secret?.lend((bytes) => Buffer.from(bytes).toString('utf8'));

it('says who asks, for which program and its folder, without tries; takes any characters; is gone afterwards', async () => {
  const { prompt, asked, client } = await asking();
  const view = await client.enter();
  expect(view.facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Who asks: Mail and browsers',
    'What for: To add the CA certificates of your card to the program’s database',
    'Program: Firefox (person)',
    'Its folder: ~/p',
  ]);
  expect([view.tries, view.fields[0]?.kind, view.fields[0]?.refused]).toEqual([undefined, 'password', undefined]);
  const said = Object.entries(view.words).filter(([key]) =>
    /^(never|cancel|ok|sent|unsent|time|ended\.[cwt])/.test(key),
  );
  expect(said.length).toBeGreaterThan(8);
  expect(said.filter(([, words]) => /\btr(y|ies) (is|was|are)\b|\bcode\b/.test(words))).toEqual([]);
  const { operation, requester, reader } = (await firstValueFrom(prompt.asked)) ?? {};
  expect([operation, requester, reader]).toEqual(['password', 'Mail and browsers', undefined]);
  expect((await client.answer(view, [utf8('')])).status).toBe(422);
  expect((await client.answer(view, [utf8('a pass phrase, åäö')])).status).toBe(200);
  expect(text(await asked)).toBe('a pass phrase, åäö');
  expect(await firstValueFrom(prompt.asked)).toBeUndefined();
  expect(lines.join()).not.toContain('phrase');
});

it.each([
  ['en', 'That password is not right. Nothing was changed.', 'Leave out'],
  ['sv', 'Lösenordet är inte rätt. Inget har ändrats.', 'Utelämna'],
  ['fi', 'Salasana ei ole oikea. Mitään ei muutettu.', 'Jätä pois'],
] as const)('says in %s that the last one was wrong, and lets it be left out', async (language, refused, leave) => {
  const { asked, client } = await asking({ isWrong: true }, language);
  const { fields, words } = await client.enter();
  expect([fields[0]?.refused, words['cancel']]).toEqual([refused, leave]);
  await client.tell('/cancel');
  expect(await asked).toBeUndefined();
});

it('is withdrawn when the set-up is cancelled', async () => {
  const { asked, client } = await asking();
  await client.enter();
  stop.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});
