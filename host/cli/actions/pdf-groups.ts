import { accessSync, constants } from 'node:fs';
import { Failure } from '@sigill/core';
import type { Context } from '../context.js';
import { Ended } from '../ended.js';
import { endDocuments, type tellDocuments } from './pdf-answer.js';

/** Documents that are worked on together, under one consent: a person can be shown no more, and an answer has room for no more. */
const most = 400;

/**
 * Works on files in groups, one after the other; a person is told which. Gives the paths of the results. A group that fails altogether ends it: what
 * became of those before is told first. Fails with `file-unreadable` before anything is done when one cannot be read, and as `use` and `endDocuments` do.
 */
export async function inGroups(
  context: Context,
  files: readonly string[],
  use: (group: readonly string[]) => Promise<ReturnType<typeof tellDocuments>>,
): Promise<readonly string[]> {
  const { say, texts } = context;
  // The first group is opened at once.
  for (const file of files.slice(most)) checkReadable(file);
  const done: ReturnType<typeof tellDocuments>[] = [];
  try {
    let from = 0;
    for (const group of groupsOf(files)) {
      const facts = { from: from + 1, to: (from += group.length), count: files.length };
      if (files.length > most && !say.json) say.lines(say.sentence(texts.text('pdf.group', facts)));
      done.push(await use(group));
      if (done.at(-1)?.refused !== undefined || context.io.signal.aborted) break;
    }
  } catch (error) {
    if (done.length > 0) tellAnyway(context, done);
    throw error;
  }
  return endDocuments(context, done);
}

/** As many at a time as a plugin takes. */
export function* groupsOf(files: readonly string[]): Iterable<readonly string[]> {
  for (let from = 0; from < files.length; from += most) yield files.slice(from, from + most);
}

function checkReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new Failure('file-unreadable', { path, why: (error as NodeJS.ErrnoException).code ?? '' }, error);
  }
}

/** The failure that follows counts, whatever became of those before. */
function tellAnyway(context: Context, done: Parameters<typeof endDocuments>[1]): void {
  try {
    endDocuments(context, done);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
}
