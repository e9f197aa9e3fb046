import type { CommandResult, DocumentId, DocumentInfo, Json, Message } from '@sigill/core';
import { factsAsValues, problemOf, Refusal } from './refusal.js';

/** What became of one document. */
export interface Outcome {
  readonly document: DocumentId;
  readonly name: string;
  /** `ready`: it would be signed; `failed`: why is the first of `messages`. */
  readonly state: 'signed' | 'extended' | 'ready' | 'failed';
  readonly result?: DocumentInfo;
  readonly level?: string;
  /** The first says what became of it; the others are what should be known. */
  readonly messages: readonly Message[];
  /** Key of the first message of one that failed. */
  readonly code?: string;
}

/** Sentences that an answer has room for. */
const mostMessages = 90;

/** One that failed, in words. */
export function failedOutcome(document: DocumentId, name: string, error: unknown): Outcome {
  const problem = problemOf(error);
  const details = error instanceof Refusal ? error.messages.slice(1) : [];
  const messages = [{ key: 'document.failed', values: { name } }, problem, ...details];
  return { document, name, state: 'failed', code: problem.key, messages };
}

/** The answer of a command: how many went well, and each document by itself. */
export function outcomesResult(outcomes: readonly Outcome[], notes: readonly Message[] = []): CommandResult {
  const good = outcomes.filter(({ state }) => state !== 'failed').length;
  const summary: Message[] =
    outcomes.length > 1 ? [{ key: 'documents.summary', values: factsAsValues({ good, count: outcomes.length }) }] : [];
  const each = outcomes.flatMap(({ messages }) => messages);
  return {
    messages: [...notes, ...each.slice(0, mostMessages - notes.length), ...summary],
    data: { documents: outcomes.map(asJson), notes: notes as unknown as Json },
  };
}

/** The answer of a command that refused to begin. */
export function refusedResult({ messages }: Refusal): CommandResult {
  return { messages, data: { documents: [], refused: messages as unknown as Json } };
}

function asJson({ document, name, state, result, level, messages, code }: Outcome): Json {
  return {
    document,
    name,
    state,
    ...(result && { result: result.id, resultName: result.name }),
    ...(level !== undefined && { level }),
    ...(code !== undefined && { code }),
    messages: messages.slice(0, 8) as unknown as Json,
  };
}
