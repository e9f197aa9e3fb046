import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@sigill/core';
import type { Context } from '../context.js';
import { play, type Seen } from '../demo/play.js';
import { onStage } from '../demo/stage.js';

export interface DemoOptions {
  readonly slow?: boolean;
}

/** Milliseconds between two lines with `--slow`. */
const slowness = 1_600;

/** Plays the demo, a line for each step. Fails when a check did not hold. */
export async function showDemo(context: Context, { slow = false }: DemoOptions): Promise<void> {
  const { io, say, texts } = context;
  const { paint, json } = say;
  const seen: Seen[] = [];
  if (!json) say.lines(['', ...say.sentence(paint.strong(texts.text('demo.title')), '  '), '']);
  await onStage(context, async (stage) => {
    for await (const step of play(stage)) {
      seen.push(step);
      if (!json)
        say.lines(
          say.sentence(texts.text(step.key, step.values), `  ${step.held ? paint.good('✓') : paint.bad('✗')} `),
        );
      if (slow) await pause(slowness, undefined, { signal: io.signal });
    }
  }).catch((error: unknown) => {
    throw io.signal.aborted ? new Failure('cancelled', {}) : error;
  });
  const failed = seen.filter(({ held }) => !held).length;
  const steps = seen.map(({ key, held }) => ({ step: key.replace('demo.', ''), held }));
  const count = seen.length;
  if (failed > 0) throw new Failure('internal', { why: texts.text('demo.failed', { count: failed }) });
  say.answer({ steps }, () => [
    '',
    ...say.sentence(texts.text('demo.passed', { count }), '  '),
    `    ${paint.strong(texts.text('demo.try'))}`,
    '',
  ]);
}
