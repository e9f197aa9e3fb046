import { either, mapOf, number, record, text } from './shape.js';

/** A sentence that a plugin names. */
export const message = record(
  { key: text(200, /^[\w.-]+$/) },
  { values: mapOf(either<string, number>(text(1_000), number), 50) },
);
