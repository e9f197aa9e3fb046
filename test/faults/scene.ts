import { failureData, type Log, type Pins } from '@sigill/core';
import { PinBroker } from '../../host/pin/broker.js';
import { FakeCards } from './fake-cards.js';
import type { ScriptedPrompt } from './scripted-prompt.js';

/** A broker between a fake card and a scripted person. */
export interface Scene {
  readonly cards: FakeCards;
  readonly prompt: ScriptedPrompt;
  readonly broker: PinBroker;
  readonly pins: Pins;
  /** Everything that was logged. */
  readonly lines: string[];
}

/** Sets a scene; `prepare` changes the card before it is first read. */
export async function scene(
  prompt: ScriptedPrompt,
  prepare: (cards: FakeCards) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Scene> {
  const cards = new FakeCards();
  prepare(cards);
  await cards.read();
  const lines: string[] = [];
  const broker = new PinBroker(cards, prompt, logTo(lines));
  return { cards, prompt, broker, lines, pins: broker.for('test', signal) };
}

/** A log that keeps its lines. */
export function logTo(lines: string[]): Log {
  const keep = (line: string): void => void lines.push(line);
  return { debug: keep, info: keep, warn: keep, error: keep };
}

/** The outcome of a request, or its failure as plain data. */
export const result = (request: Promise<unknown>): Promise<unknown> => request.catch(failureData);
