import { failureData, type PinId } from '@sigill/core';
import { type Fault, personalities } from '@sigill/core/sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PinBroker } from '../../host/pin/broker.js';
import { logTo } from './scene.js';
import { nameOf, type Run, runs, start } from './runs.js';
import { ScriptedPrompt } from './scripted-prompt.js';
import { belief, openStage, type Stage, truth } from './stage.js';

/** Trouble at the n-th command, as the simulator or the watched readers make it. */
type Trouble = { readonly name: string; put(stage: Stage, at: number): void };

const fault = (name: string, kind: Omit<Fault, 'at'>): Trouble => ({
  name,
  put: ({ card }, at) => card.inject({ ...kind, at } as Fault),
});
const status = (word: number, executed: boolean): Trouble => {
  const hex = word.toString(16).padStart(4, '0');
  return fault(`${executed ? 'done, then' : 'not done,'} ${hex}`, { kind: 'status', status: word, executed } as never);
};
const short = (length: number): Trouble => ({
  name: `done, then an answer of ${length} bytes`,
  put: ({ watched }, at) => void (watched.short = { at, length }),
});

const troubles: readonly Trouble[] = [
  fault('removed before', { kind: 'removed-before' }),
  fault('done, then removed', { kind: 'executed-reply-lost' }),
  fault('done, then no answer', { kind: 'executed-reply-lost', then: 'error' } as never),
  fault('reset before', { kind: 'reset-before' }),
  ...[0x6f00, 0x6982, 0x0000, 0x6c10].flatMap((word) => [status(word, false), status(word, true)]),
  short(0),
  short(1),
];

interface Told {
  readonly stage: Stage;
  readonly prompt: ScriptedPrompt;
  readonly outcome: unknown;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Commands with secrets that the host sent. */
  readonly sent: readonly string[];
  readonly presentations: number;
  readonly apdus: number;
  readonly before: ReturnType<typeof truth>;
}

/** Plays a run on a card that is as it was in the beginning, with a person and a broker that know nothing. */
async function play(stage: Stage, beginning: string, run: Run, trouble?: Trouble, at = 0): Promise<Told> {
  const prompt = new ScriptedPrompt(run.typed);
  const { card, watched } = stage;
  card.restore(beginning);
  watched.presented.length = 0;
  const { id } = await stage.settled();
  const broker = new PinBroker(stage.cards, prompt, logTo([]));
  const before = truth(card, run.card, run.state);
  const start0 = { ...card.counters, log: card.log.length };
  trouble?.put(stage, at);
  const outcome = await start(broker.for('test'), id, run).then(
    (value: unknown) => value,
    (error: unknown) => error,
  );
  const failed = outcome instanceof Error;
  const { code, facts } = failed ? failureData(outcome) : { code: 'done' as const, facts: {} };
  return {
    stage,
    prompt,
    outcome,
    code,
    facts,
    before,
    sent: watched.presented.map(({ header }) => header),
    presentations: card.counters.presentations - start0.presentations,
    apdus: card.log.length - start0.log,
  };
}

/** Tries lost by each PIN and the PUK. */
function lost({ stage, before }: Told, run: Run): Readonly<Record<string, number>> {
  const after = truth(stage.card, run.card, run.state);
  return Object.fromEntries(
    Object.entries(before).map(([pin, { triesLeft = 0 }]) => [
      pin,
      Math.max(0, triesLeft - (after[pin as PinId]?.triesLeft ?? triesLeft)),
    ]),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Which PINs of the chip hold what the person wanted them to hold. */
function holding({ stage: { card } }: Told, { card: name, values }: Run): Readonly<Record<string, boolean>> {
  const { pin1, pin2, puk } = personalities[name].pins;
  const references: Partial<Record<PinId, number>> = { PIN1: pin1.reference, PIN2: pin2.reference, PUK: puk.reference };
  return Object.fromEntries(
    Object.entries(values).map(([pin, digits]) => {
      const found = card.pins.get(references[pin as PinId] ?? 0);
      return [pin, found?.set === true && found.digits === digits];
    }),
  );
}

/** Everything that must hold whatever went wrong. */
async function checkAfter(told: Told, run: Run, clean: Told): Promise<void> {
  const { stage, prompt, code, facts } = told;
  const tries = lost(told, run);
  const said = JSON.stringify([code, facts]);
  // One try, and only for a wrong secret; nothing sent twice.
  expect(sum(Object.values(tries)), said).toBeLessThanOrEqual(run.right ? 0 : 1);
  expect(told.presentations, said).toBeLessThanOrEqual(clean.presentations);
  expect(clean.sent.slice(0, told.sent.length), said).toEqual(told.sent);
  // Nothing typed is left in memory that is ours.
  expect([prompt.clean, stage.watched.clean], said).toEqual([true, true]);
  // Nothing stays verified.
  const { pin1, pin2, puk } = personalities[run.card].pins;
  expect(
    [pin1, pin2, puk].filter(({ reference }) => stage.card.isVerified(reference)),
    said,
  ).toEqual([]);
  // What was told is true.
  expect(code).not.toBe('internal');
  if (code === 'done')
    expect(holding(told, run)).toEqual(Object.fromEntries(Object.keys(run.values).map((pin) => [pin, true])));
  if (code.startsWith('guard-') || code === 'cancelled') expect(told.presentations, said).toBe(0);
  if (['pin-wrong', 'puk-wrong', 'code-wrong'].includes(code)) expect(sum(Object.values(tries)), said).toBe(1);
  if (
    told.sent.length > 0 &&
    !['pin-wrong', 'puk-wrong', 'code-wrong', 'card-refused', 'activation-incomplete', 'done'].includes(code)
  ) {
    expect(code).toBe('outcome-unknown');
  }
  const real = truth(stage.card, run.card, run.state);
  if (code === 'outcome-unknown' && facts['triesLeft'] !== undefined) {
    expect(facts['triesLeft'], said).toBe(real[facts['pin'] as PinId]?.triesLeft);
  }
  if (code === 'activation-incomplete') {
    const held = holding(told, run);
    for (const pin of facts['done'] as readonly string[]) expect(held[pin], said).toBe(true);
  }
  // The host comes back to a true state.
  stage.card.clearFaults();
  stage.watched.short = undefined;
  const now = await stage.settled();
  expect(belief(now), said).toEqual(truth(stage.card, run.card, run.state));
}

describe.each(runs.map((run) => ({ name: nameOf(run), run })))('$name', ({ run }) => {
  let stage: Stage;
  let beginning: string;
  beforeEach(async () => {
    stage = await openStage(run.card, run.state, new ScriptedPrompt());
    beginning = stage.card.snapshot();
  });
  afterEach(() => stage.close());

  it('does what it says when nothing goes wrong', async () => {
    const told = await play(stage, beginning, run);
    expect(told.code).toBe(run.right ? 'done' : failures[run.operation]);
    expect(sum(Object.values(lost(told, run)))).toBe(run.right ? 0 : 1);
    await checkAfter(told, run, told);
  });

  it.each(troubles)('comes through at every step: $name', async (trouble) => {
    const clean = await play(stage, beginning, run);
    expect(clean.apdus).toBeGreaterThan(2);
    for (let at = 1; at <= clean.apdus; at += 1) {
      const told = await play(stage, beginning, run, trouble, at);
      try {
        await checkAfter(told, run, clean);
      } catch (error) {
        const where = `at command ${at} of ${clean.apdus}: ${told.code} ${JSON.stringify(told.facts)}`;
        throw new Error(where, { cause: error });
      }
    }
  });
});

const failures = { verify: 'pin-wrong', change: 'pin-wrong', unlock: 'puk-wrong', activate: 'code-wrong' } as const;
