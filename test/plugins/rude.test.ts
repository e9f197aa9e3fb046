import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeHost, fixtures } from './fake-host.js';

let fake: Awaited<ReturnType<typeof fakeHost>>;

beforeAll(async () => {
  fake = await fakeHost({ user: fixtures }, { limits: { command: { own: 30_000, whole: 60_000 } } });
});
afterAll(() => fake.host.dispose());

describe('a plugin that is rude ends alone', () => {
  const failing = async (command: string, args = {}, { host } = fake): Promise<unknown> =>
    await host.run(command, args).catch((error: unknown) => error);
  /** The plugin works again, in another process, and the other plugin never noticed. */
  const goesOn = async (): Promise<void> => {
    expect((await fake.host.run('rude.nice')).messages).toEqual([{ key: 'nice' }]);
    expect((await fake.host.run('greeter.greet')).messages.length).toBe(1);
    fake.host.enable('rude');
  };

  it.each([
    ['quits in the middle', 'rude.quit', {}, { code: 'plugin-failed', facts: { why: 'it ended: exit code 7' } }],
    [
      'announces 4 GiB',
      'rude.huge',
      {},
      { code: 'plugin-failed', facts: { why: 'it sent a message of 4294967295 bytes' } },
    ],
    ['sends what is no message', 'rude.garbage', { bytes: '000000047b7b7b7b' }, { code: 'plugin-failed' }],
    ['sends an empty message', 'rude.garbage', { bytes: '00000000' }, { code: 'plugin-failed' }],
    [
      'cancels nothing',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","method":"$/cancelRequest"}' },
      { code: 'plugin-failed' },
    ],
    [
      'cancels null',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":null}}' },
      { code: 'plugin-failed' },
    ],
    [
      'has ids of its own',
      'rude.cancel',
      { message: '{"jsonrpc":"2.0","id":{},"method":"log.write","params":{}}' },
      { code: 'plugin-failed' },
    ],
    ['answers null', 'rude.answer', { answer: undefined }, { code: 'plugin-failed' }],
    ['answers too much', 'rude.answer', { answer: { messages: [], extra: 1 } }, { code: 'plugin-failed' }],
    ['answers with a bad key', 'rude.answer', { answer: { messages: [{ key: '../x' }] } }, { code: 'plugin-failed' }],
    ['has a bug', 'rude.fail', { bug: 'oops\u001b[2J' }, { code: 'plugin-failed', facts: { why: 'oops\ufffd[2J' } }],
    ['fails by an unknown code', 'rude.fail', { code: 'constructor', facts: {} }, { code: 'plugin-failed' }],
  ])('one that %s', async (_what, command, args, failure) => {
    expect(await failing(command, args)).toMatchObject(failure);
    await goesOn();
  });

  it.each(['rude.silent', 'rude.spin', 'rude.deaf'])(
    'one that never answers (%s) is killed after its time',
    async (command) => {
      const hurried = await fakeHost({ user: fixtures }, { limits: { command: { own: 1_000, whole: 60_000 } } });
      const failure = { code: 'plugin-slow', facts: { plugin: 'rude', call: command } };
      expect(await failing(command, {}, hurried)).toMatchObject(failure);
      expect(hurried.state('rude')).toMatchObject({ state: 'stopped', failure });
      expect((await hurried.host.run('rude.nice')).messages).toEqual([{ key: 'nice' }]);
      hurried.host.dispose();
    },
  );

  it('one that floods the contract slows only itself, and its lines are bounded', async () => {
    const before = fake.lineCount();
    await fake.host.run('rude.flood', { times: 2_000 });
    expect(fake.lineCount() - before).toBeLessThan(1_000);
    await goesOn();
  });

  it('what one prints is cut, cleaned and bounded', async () => {
    const before = fake.lineCount();
    await fake.host.run('rude.print', { times: 5_000 });
    expect(await fake.line(/line$/)).toBe('rude: one\ufffd[2Jline');
    expect((await fake.line(/xxx/)).length).toBeLessThan(1_100);
    expect(fake.lineCount() - before).toBeLessThan(1_000);
    await goesOn();
  });

  it('one that throws at start is tried four times and then let be, its reason kept', async () => {
    for (let start = 0; start < 5; start += 1) {
      expect(await failing('throws-at-start.go')).toMatchObject({
        code: 'plugin-failed',
        facts: { why: 'no such luck' },
      });
    }
    expect(fake.state('throws-at-start')).toMatchObject({
      state: 'failed',
      failure: { facts: { why: 'no such luck' } },
    });
    await goesOn();
  });
});
