import { Failure, type FailureCode } from '@sigill/core';
import { cleanLine } from './clean-text.js';
import { json, Mismatch, record, text } from './shape.js';

// Two words or more joined by hyphens, or one of those that are one word: so no name of an object's own members.
const code = /^(?:[a-z]+(?:-[a-z]+)+|cancelled|usage|internal)$/;
const shape = record({ code: text(40, code), facts: json(200) });

/** A failure from the other side of the contract, as plain data; `plugin-failed` for what is none, and for a bug there. */
export function failureFrom(data: unknown, plugin: string): Failure {
  try {
    const found = shape(data, '');
    const facts = cleanFacts(found.facts) as Record<string, unknown>;
    if (found.code === 'internal')
      return new Failure('plugin-failed', { plugin, why: cleanLine(String(facts['why']), 300) });
    return new Failure(found.code as FailureCode, facts as never);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return new Failure('plugin-failed', { plugin, why: 'it failed without a readable reason' });
  }
}

function cleanFacts(facts: unknown): unknown {
  if (typeof facts === 'string') return cleanLine(facts, 500);
  if (Array.isArray(facts)) return facts.map(cleanFacts);
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, cleanFacts(fact)]));
}
