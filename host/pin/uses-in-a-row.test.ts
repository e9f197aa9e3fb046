import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type KeyUse, UsesInARow } from './uses-in-a-row.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const use = (key: string): KeyUse => ({ key, make: () => [] });

/** A row whose transactions tell when they begin, what they do and when they end. `x` fails. */
function row(end = new AbortController()): { readonly uses: UsesInARow; readonly told: string[] } {
  const told: string[] = [];
  const uses = new UsesInARow(async () => {
    told.push('begin');
    try {
      await uses.serve(end.signal, async ({ key }) => {
        told.push(`${key}`);
        if (key === 'x') throw new Error('refused');
        return new Uint8Array();
      });
    } finally {
      told.push('end');
    }
  });
  return { uses, told };
}

/** A turn of everything that was ready to go on. */
const turn = (): Promise<void> => new Promise(setImmediate);

it('a use that comes soon shares the transaction, and one that comes later has its own', async () => {
  const { uses, told } = row();
  await uses.add(use('a'));
  vi.advanceTimersByTime(199);
  await uses.add(use('b'));
  vi.advanceTimersByTime(200);
  await turn();
  expect(told).toEqual(['begin', 'a', 'b', 'end']);
  await uses.add(use('c'));
  expect(told.slice(4)).toEqual(['begin', 'c']);
});

it('somebody else who wants the card gets it: at once while nothing is done, else after what is done', async () => {
  const wanted = new AbortController();
  const { uses, told } = row(wanted);
  await uses.add(use('a'));
  wanted.abort();
  await turn();
  expect(told).toEqual(['begin', 'a', 'end']);
  await Promise.all([uses.add(use('b')), uses.add(use('c'))]);
  expect(told.slice(3)).toEqual(['begin', 'b', 'end', 'begin', 'c']);
});

it('a program that never stops lets others in after two seconds, for long enough that they see it', async () => {
  const { uses, told } = row();
  for (let count = 0; count < 20; count++) {
    await uses.add(use('a'));
    vi.advanceTimersByTime(100);
  }
  await turn();
  expect(told.slice(-2)).toEqual(['a', 'end']);
  const next = uses.add(use('b'));
  vi.advanceTimersByTime(149);
  await turn();
  expect(told.at(-1)).toBe('end');
  vi.advanceTimersByTime(1);
  await next;
  expect(told.slice(-2)).toEqual(['begin', 'b']);
});

it('one that fails ends the transaction and keeps its failure to itself', async () => {
  const { uses, told } = row();
  const settled = await Promise.allSettled(['a', 'x', 'b'].map((key) => uses.add(use(key))));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(told).toEqual(['begin', 'a', 'x', 'end', 'begin', 'b']);
});
