import { failureData, type Message } from '@sigill/core';
import { isPdfError } from '../pdf/pdf-error.js';

/** Something that this plugin will not do, in its own words; the first of `messages` says why, the others are its details. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly messages: readonly Message[];

  constructor(key: string, facts: Readonly<Record<string, unknown>> = {}, details: readonly Message[] = []) {
    super(key);
    this.messages = [{ key, values: factsAsValues(facts) }, ...details];
  }
}

/** Any error as a sentence: of this plugin's messages, or of the host's, whose failures are known by their code. */
export function problemOf(error: unknown): Message {
  if (error instanceof Refusal && error.messages[0]) return error.messages[0];
  const { code, facts } = isPdfError(error) ? error : failureData(error);
  return { key: code, values: factsAsValues({ ...facts }) };
}

/** Facts as a message can carry them. */
export function factsAsValues(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, string | number>> {
  const values: Record<string, string | number> = {};
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === undefined) continue;
    values[name] =
      typeof fact === 'number' ? fact : (Array.isArray(fact) ? fact.join(', ') : String(fact)).slice(0, 900);
  }
  return values;
}
