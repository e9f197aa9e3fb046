import { Failure } from '../failure.js';
import type { PinState } from './chip-image.js';

/** What a chip keeps without power, and how the card was made. */
export interface Snapshot {
  readonly origin: Readonly<Record<string, unknown>>;
  readonly pins: ReadonlyMap<number, PinState>;
}

/** As JSON: the simulated card itself, PIN values included. */
export function writeSnapshot({ origin, pins }: Snapshot): string {
  return JSON.stringify({ version: 1, origin, pins: Object.fromEntries(pins) });
}

/** Fails with `card-malformed` when `text` is no snapshot. */
export function readSnapshot(text: string): Snapshot {
  const found = parsed(text);
  if (!isRecord(found) || found['version'] !== 1 || !isRecord(found['origin']) || !isRecord(found['pins']))
    throw malformed();
  const pins = Object.entries(found['pins']).map(([reference, state]): [number, PinState] => {
    if (!/^\d+$/.test(reference) || !isPinState(state)) throw malformed();
    return [Number(reference), state];
  });
  return { origin: found['origin'], pins: new Map(pins) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function isPinState(value: unknown): value is PinState {
  if (!isRecord(value)) return false;
  const { digits, triesLeft, set, changed } = value as Partial<Record<keyof PinState, unknown>>;
  const tries = typeof triesLeft === 'number' && Number.isInteger(triesLeft) && triesLeft >= 0;
  return typeof digits === 'string' && tries && typeof set === 'boolean' && typeof changed === 'boolean';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const malformed = (): Failure => new Failure('card-malformed', { what: 'snapshot' });
