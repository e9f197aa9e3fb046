import { type CommandResult, Failure, type FailureCode, type Message } from '@sigill/core';
import { type OwnTexts, sentences } from '../../messages/sentences.js';
import type { GivenDocuments } from '../../reach/given-documents.js';
import type { Context } from '../context.js';
import { Ended } from '../ended.js';
import { exitCode, exitCodes } from '../exit-code.js';

/** The PDF plugin as files are given to it. */
export const pdfPlugin = '@sigill-plugin/pdf-sign';

/** One document in an answer of the PDF plugin. */
interface AnsweredDocument {
  readonly document: string;
  readonly state: string;
  readonly result?: string;
  readonly code?: string;
  readonly messages: readonly Message[];
}

interface Answer {
  readonly documents: readonly AnsweredDocument[];
  readonly notes?: readonly Message[];
  /** Why nothing was begun. */
  readonly refused?: readonly Message[];
}

/** What became of the documents of one consent, as it is told. */
interface Told {
  readonly documents: readonly (Omit<AnsweredDocument, 'messages'> & { readonly path?: string })[];
  readonly text: readonly string[];
  readonly refused?: string | undefined;
}

/** Tells a person what became of each document of one consent, with the paths of the results. */
export function tellDocuments(
  { say, texts }: Context,
  own: OwnTexts | undefined,
  { data }: CommandResult,
  given: GivenDocuments,
): Told {
  const { documents = [], notes = [], refused } = (data ?? {}) as unknown as Partial<Answer>;
  const told = documents.map(({ messages, ...document }) => {
    const path = document.result === undefined ? undefined : given.path(document.result);
    const words = messages.map((message) => (path === undefined ? message : withResult(message, path)));
    const file = given.path(document.document);
    return { ...document, ...(file && { file }), ...(path && { path }), text: sentences(words, own, texts) };
  });
  const text = sentences([...notes, ...(refused ?? [])], own, texts);
  if (!say.json) say.lines([...text, ...told.flatMap((one) => one.text)].flatMap((line) => say.sentence(line)));
  return { documents: told, text, refused: refused?.[0]?.key };
}

/**
 * Answers a program with all that was told, and gives the paths of the results. Fails with `Ended` when a document failed: its code is that of the
 * failure when all failed alike.
 */
export function endDocuments({ say }: Context, groups: readonly Told[]): readonly string[] {
  const documents = groups.flatMap((group) => group.documents);
  const text = groups.flatMap((group) => group.text);
  const refused = groups.find((group) => group.refused !== undefined)?.refused;
  say.answer({ documents, ...(text.length > 0 && { text }), ...(refused && { refused }) }, () => []);
  if (refused !== undefined) throw new Ended(exitCodes.usage);
  const failed = documents.filter(({ state }) => state === 'failed').map(({ code = '' }) => code);
  if (failed.length > 0) throw new Ended(codeOf(failed));
  return documents.flatMap(({ path }) => path ?? []);
}

function withResult({ key, values }: Message, path: string): Message {
  return values?.['result'] === undefined
    ? { key, ...(values && { values }) }
    : { key, values: { ...values, result: path } };
}

function codeOf([first = '', ...others]: readonly string[]): number {
  if (others.some((code) => code !== first)) return exitCodes.other;
  return exitCode(new Failure(first as FailureCode, {} as never));
}
