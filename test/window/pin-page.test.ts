import { describe, expect, it } from 'vitest';
import { firstValueFrom, skip } from 'rxjs';
import type { PinAnswer, PinForm } from '../../host/pin/prompt.js';
import { PinPagePrompt, type PinPageSettings } from '../../host/window/pin-page/pin-page-prompt.js';
import { logTo, result } from '../faults/scene.js';
import { ascii, PinClient, plain, sealed } from './pin-client.js';
import { formOf } from './pin-forms.js';

const octets = 'application/octet-stream';
const minutes = 60_000;

interface Asking {
  readonly prompt: PinPagePrompt;
  readonly asked: Promise<PinAnswer>;
  readonly client: PinClient;
  readonly lines: string[];
  readonly stop: AbortController;
}

/** A question that is asked, and the page that was opened for it. */
async function asking(form: PinForm, more: Partial<PinPageSettings> = {}): Promise<Asking> {
  const lines: string[] = [];
  const stop = new AbortController();
  let opened: (address: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (opened = resolve));
  const opener = { open: (shown: string) => opened(shown) };
  const prompt = new PinPagePrompt({ opener, log: logTo(lines), language: () => 'en', ...more });
  const asked = prompt.ask(form, stop.signal);
  asked.catch(() => undefined);
  return { prompt, asked, client: new PinClient(await address), lines, stop };
}

/** The answer's digits as text, which only a test may do. */
const typed = ({ secrets }: PinAnswer): string[] =>
  [...secrets].map(([name, secret]) => `${name} ${secret.lend((bytes) => Buffer.from(bytes).toString())}`);

describe('the PIN page', () => {
  it('tells who asks, for what, which card, reader and code, the tries left, and never to give a code unasked', async () => {
    const { client } = await asking(formOf('verify', { triesLeft: 4 }));
    const { facts, tries, words, fields, steps } = await client.enter();
    expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Who asks: Codes of your card',
      'What for: To check that the code is right',
      'Code: basic code (PIN1)',
      'Card: Organisation card',
      'Holder: Anna Virtanen',
      'Card number: 4600 0123 4567',
      'Card reader: Fake reader',
    ]);
    expect(tries).toEqual({ text: '4 of 5 tries left', left: 4, max: 5 });
    expect(words['never']).toMatch(/^Never give a code that you did not ask to use\./);
    expect(words['time']).toContain('10 minutes');
    expect([fields.length, fields[0]?.help, steps]).toEqual([1, '4–8 digits.', []]);
    await client.tell('/cancel');
  });

  it('asks an activation on one page: the code once, each PIN twice, in steps', async () => {
    const { client } = await asking(formOf('activate'));
    const { fields, steps, think } = await client.enter();
    expect(fields.map(({ kind, minLength, maxLength, repeats }) => [kind, minLength, maxLength, repeats])).toEqual([
      ['code', 8, 8, undefined],
      ['new', 4, 8, undefined],
      ['again', 4, 8, 1],
      ['new', 6, 8, undefined],
      ['again', 6, 8, 3],
    ]);
    expect(steps.map(({ label, fields: own }) => [label, own])).toEqual([
      ['Letter', [0]],
      ['Basic code', [1, 2]],
      ['Signature code', [3, 4]],
      ['Done', []],
    ]);
    expect(think[0]).toContain('basic code (PIN1) and signature code (PIN2)');
    await client.tell('/cancel');
  });

  it.each([
    ['fi', 'Tarkista tunnuslukusi', 'Kuka kysyy'],
    ['sv', 'Kontrollera din kod', 'Vem som frågar'],
  ] as const)('speaks %s', async (language, title, who) => {
    const { client } = await asking(formOf('verify'), { language: () => language });
    const view = await client.enter();
    expect([view.language, view.title, view.facts[0]?.name]).toEqual([language, title, who]);
    await client.tell('/cancel');
  });

  it('gives the digits to who asked, as bytes in the order of the fields, and is gone afterwards', async () => {
    const { client, asked, prompt, lines } = await asking(formOf('change'));
    const reply = await client.answer(await client.enter(), ['1234', '73952', '73952'].map(ascii));
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { kind: 'taken' }]);
    const answer = await asked;
    expect([typed(answer), answer.agreed]).toEqual([['current 1234', 'new:PIN1 73952', 'again:PIN1 73952'], false]);
    expect((await client.origin.get('/')).status).toBe(0);
    expect(await firstValueFrom(prompt.asked)).toBeUndefined();
    expect(lines.join('\n')).not.toMatch(/1234|73952/);
  });

  it('refuses what is not in order with its field and sentence, asks on, and spends nothing', async () => {
    const { client, asked } = await asking(formOf('change', { knownWrong: '4711' }));
    const view = await client.enter();
    const said = async (...digits: string[]) => {
      const { status, body } = await client.answer(view, digits.map(ascii));
      const { kind, field, message } = JSON.parse(body) as { kind: string; field: number; message: string };
      return [status, kind, field, message.split('.')[0]];
    };
    expect(await said('12', '73952', '73952')).toEqual([422, 'wrong', 0, 'The current code must have 4–8 digits']);
    expect(await said('12a4', '73952', '73952')).toEqual([
      422,
      'wrong',
      0,
      'The current code may have the digits 0–9 only',
    ]);
    expect(await said('4711', '73952', '73952')).toEqual([
      422,
      'wrong',
      0,
      'That value was wrong before, so it was not sent again',
    ]);
    expect(await said('1234', '1234', '1234')).toEqual([
      422,
      'wrong',
      1,
      expect.stringContaining('is the same as the one it would replace'),
    ]);
    expect(await said('1234', '73952', '73953')).toEqual([
      422,
      'wrong',
      2,
      expect.stringContaining('was not the same both times'),
    ]);
    expect((await client.answer(view, ['1234', '73952', '73952'].map(ascii))).status).toBe(200);
    expect(typed(await asked)).toHaveLength(3);
  });

  it('shows a page before the last tries, and takes nothing without the yes', async () => {
    const { client, asked } = await asking(formOf('verify', { triesLeft: 2 }));
    const view = await client.enter();
    expect(view.lastTries).toEqual({
      title: 'Only 2 tries are left',
      lines: [
        expect.stringMatching(/^If the code is wrong 2 times more, it is locked\./),
        expect.stringContaining('Cancelling costs no try'),
      ],
    });
    expect((await client.answer(view, [ascii('1234')], false)).status).toBe(422);
    expect((await client.answer(view, [ascii('1234')], true)).status).toBe(200);
    expect((await asked).agreed).toBe(true);
  });

  it('says that a wrong activation code at the end locks the card for ever', async () => {
    const { client } = await asking(formOf('activate', { triesLeft: 1 }));
    expect((await client.enter()).lastTries?.lines[0]).toMatch(
      /^If the code is wrong now, the card is locked for ever\. This is about: activation code\./,
    );
    await client.tell('/cancel');
  });

  it.each([
    ['nothing', () => new Uint8Array()],
    ['digits in the open', () => plain([ascii('1234')])],
    ['JSON', () => ascii('{"current":"1234"}')],
    ['a key that is no point', (key: string) => sealed(key, plain([ascii('1234')])).fill(7, 0, 65)],
    ['a seal too short', (key: string) => sealed(key, plain([ascii('1234')]), 255)],
    ['a length that leads out', (key: string) => sealed(key, Uint8Array.of(0, 255, 0x31))],
  ])('takes %s for no answer', async (_what, body) => {
    const { client, asked } = await asking(formOf('verify'));
    const { key } = await client.enter();
    expect((await client.origin.post('/answer', octets, body(key))).status).toBe(400);
    expect((await client.origin.post('/answer', 'application/json', body(key))).status).toBe(415);
    expect((await client.origin.post('/answer', octets, new Uint8Array(322))).status).toBe(413);
    await client.tell('/cancel');
    expect(await result(asked)).toEqual({ code: 'cancelled', facts: {} });
  });

  it('takes digits from nobody but its own page', async () => {
    const { client, asked } = await asking(formOf('verify'));
    const view = await client.enter();
    const body = sealed(view.key, plain([ascii('1234')]));
    for (const headers of [
      { Origin: 'http://127.0.0.1:1' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Host: 'localhost' },
    ]) {
      expect((await client.origin.post('/answer', octets, body, headers)).status).toBe(403);
    }
    expect((await client.origin.post('/answer', octets, body, { Cookie: '' })).status).toBe(401);
    await client.tell('/cancel');
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
  });
});

describe('a question ends', () => {
  it('by Cancel', async () => {
    const { client, asked } = await asking(formOf('verify'));
    await client.enter();
    expect((await client.tell('/cancel')).status).toBe(204);
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
  });

  it('when its page is closed, some seconds later, but not when it is loaded again', async () => {
    const { client, asked } = await asking(formOf('verify'), { grace: 300 });
    await client.enter();
    const first = await client.origin.stream('/open');
    first.close();
    const second = await client.origin.stream('/open');
    expect(await Promise.race([result(asked), client.origin.get('/form')])).toMatchObject({ status: 200 });
    second.close();
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
  });

  it('when it is withdrawn, and tells the page so', async () => {
    const { client, asked, stop } = await asking(formOf('verify'));
    await client.enter();
    const page = await client.origin.stream('/open');
    stop.abort();
    expect(await page.next()).toBe('ended ended.withdrawn');
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
    expect((await client.origin.get('/')).status).toBe(0);
  });

  it('after a time without a sign of the person, and tells the page so', async () => {
    const { client, asked } = await asking(formOf('verify'), { patience: 400 });
    await client.enter();
    const page = await client.origin.stream('/open');
    expect((await client.tell('/more')).status).toBe(204);
    expect(await page.next()).toBe('ended ended.time');
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
  });

  it('never in less than five minutes: ten, from the last sign', async () => {
    const { client } = await asking(formOf('activate'));
    expect((await client.enter()).patience).toBe(10 * minutes);
    await client.tell('/cancel');
  });

  it('before it began, when it was withdrawn already', async () => {
    const gone = AbortSignal.abort();
    const prompt = new PinPagePrompt({ opener: { open: () => undefined }, log: logTo([]), language: () => 'en' });
    expect(await result(prompt.ask(formOf('verify'), gone))).toMatchObject({ code: 'cancelled' });
  });
});

it('who did not see the page open finds another address of the same question beside it', async () => {
  const { client, prompt, asked } = await asking(formOf('verify'));
  const waiting = await firstValueFrom(prompt.asked);
  expect(waiting).toMatchObject({ operation: 'verify', requester: 'Codes of your card', reader: 'Fake reader' });
  const other = new PinClient(waiting?.address ?? '');
  expect(other.origin.token).not.toBe(client.origin.token);
  const over = firstValueFrom(prompt.asked.pipe(skip(1)));
  await other.answer(await other.enter(), [ascii('1234')]);
  expect(typed(await asked)).toEqual(['current 1234']);
  expect(await over).toBeUndefined();
});

describe('a reader with keys of its own', () => {
  async function onReader(form: PinForm, present: (signal: AbortSignal) => Promise<string>) {
    let opened: (address: string) => void = () => undefined;
    const address = new Promise<string>((resolve) => (opened = resolve));
    const prompt = new PinPagePrompt({ opener: { open: opened }, log: logTo([]), language: () => 'en' });
    const used = prompt.typeOnReader(form, new AbortController().signal, present);
    used.catch(() => undefined);
    return { used, client: new PinClient(await address) };
  }

  it('is pointed at by the page, which asks for no digit and goes when the reader is done', async () => {
    let done: (value: string) => void = () => undefined;
    const pressed = new Promise<string>((resolve) => (done = resolve));
    const { client, used } = await onReader(formOf('verify'), () => pressed);
    const view = await client.enter();
    expect([view.onReader, view.fields, view.words['reader']]).toEqual([true, [], expect.stringContaining('own keys')]);
    const page = await client.origin.stream('/open');
    expect((await client.answer(view, [])).status).toBe(200);
    done('9000');
    expect([await used, await page.next()]).toEqual(['9000', 'ended ended.reader']);
  });

  it('starts only after the yes to the last tries', async () => {
    let started = false;
    const { client, used } = await onReader(formOf('verify', { triesLeft: 1 }), async () => {
      started = true;
      return '9000';
    });
    const view = await client.enter();
    expect([(await client.answer(view, [], false)).status, started]).toEqual([422, false]);
    await client.answer(view, [], true);
    expect(await used).toBe('9000');
  });

  it('is told when the person cancels on the page', async () => {
    const { client, used } = await onReader(
      formOf('verify'),
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
    );
    await client.answer(await client.enter(), []);
    await client.tell('/cancel');
    expect(await used).toBe('stopped');
  });
});
