import type { ShownDocuments } from './prompt.js';

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What is to be signed, for a terminal: every document before the first code; before each later one its own name. */
export function documentLines({ all, each }: ShownDocuments, say: Say): readonly string[] {
  const count = all.length;
  const own = each === undefined ? undefined : all[each];
  const at = own === undefined ? [] : [say('pin.ask.each.at', { at: (each ?? 0) + 1, count, name: own.name })];
  if (each !== undefined && each > 0) return at;
  return [
    say('pin.ask.documents', { count }),
    ...all.map(({ name, sha256 }) => say('pin.ask.document', { name, sha256 })),
    ...(each === undefined ? [] : [say('pin.ask.each', { count })]),
    ...at,
  ];
}
