import { expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { ReaderGate } from './reader-gate.js';

const instant: Clock = { pause: () => Promise.resolve() };
const never: Clock = {
  pause: (_milliseconds, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
};
const nothingLate = (): Promise<void> => Promise.reject(new Error('not late'));

it('a call that comes back in time is as if there were no gate', async () => {
  const gate = new ReaderGate(never, 1);
  expect(await gate.run('R', async () => 1, nothingLate)).toBe(1);
  await expect(gate.run('R', () => Promise.reject(new Error('own')), nothingLate)).rejects.toThrow('own');
});

it('a call that hangs is busy for who waits, and what it brings in the end is given back', async () => {
  const gate = new ReaderGate(instant, 1);
  const hanging = signal<string>();
  const late: string[] = [];
  const run = gate.run(
    'R',
    () => hanging.promise,
    async (outcome) => void late.push(await outcome),
  );
  await expect(run).rejects.toMatchObject({ code: 'reader-busy', facts: { reader: 'R' } });
  hanging.resolve('card');
  await turn();
  expect(late).toEqual(['card']);
});

it('while a call hangs no other is made to that reader, and others are not held up', async () => {
  const gate = new ReaderGate(instant, 1);
  const hanging = signal<string>();
  await gate.run('R', () => hanging.promise, ignored).catch(() => undefined);
  let calls = 0;
  const call = async (): Promise<number> => ++calls;
  await expect(gate.run('R', call, ignored)).rejects.toMatchObject({ code: 'reader-busy' });
  expect(calls).toBe(0);
  const busy = new ReaderGate(never, 1);
  expect(await busy.run('S', call, ignored)).toBe(1);
  hanging.resolve('');
  await turn();
  expect(await gate.run('R', async () => 'free', ignored).catch(() => 'busy')).toBe('free');
});

const ignored = async (outcome: Promise<unknown>): Promise<void> => void (await outcome.catch(() => undefined));

function signal<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

async function turn(): Promise<void> {
  await new Promise(setImmediate);
}
