import { isAbsolute } from 'node:path';
import { Failure, type FailureData, type Language } from '@sigill/core';

/** What another start of the program asks of the host that runs: one line of JSON for each connection. Nothing here can carry a code. */
export type ResidentCall =
  /** Opens the window. */
  | { readonly kind: 'open' }
  /** Gives the window's one-time address instead. */
  | { readonly kind: 'print' }
  /** Ends the host; the connection is closed when it has ended. */
  | { readonly kind: 'quit' }
  | { readonly kind: 'status' }
  /** Opens the window with these documents: absolute paths. */
  | { readonly kind: 'documents'; readonly paths: readonly string[] }
  | AttachCall
  /** Simulated hosts only: takes a card out of a reader, or puts it back in. */
  | { readonly kind: 'simulate'; readonly action: 'remove' | 'insert'; readonly reader: string };

/** A command wants to use the host: after the answer the connection is `host/reach`'s, and lasts as long as the command. */
export interface AttachCall {
  readonly kind: 'attach';
  /** In which the person who started the command is spoken to. */
  readonly language: Language;
  /** They can be told to type a code on the reader's own keypad. */
  readonly onReader: boolean;
}

/** What tells whether the host can stand in for one of the command's own. */
export interface Attached {
  readonly version: string;
  /** The person's folders, as `homeOf` names them. */
  readonly home: string;
  /** What its simulated readers hold, as `--simulate` names it; absent for real ones. */
  readonly simulated?: readonly string[];
}

/** What it is answered with, one line too. */
export type ResidentAnswer =
  | { readonly ok: true; readonly address?: string; readonly status?: ResidentStatus; readonly attached?: Attached }
  | ({ readonly ok: false } & FailureData);

export interface ResidentStatus {
  readonly version: string;
  readonly pid: number;
  readonly simulated: boolean;
  readonly headless: boolean;
  readonly language: string;
  /** Bytes of memory. */
  readonly memory: number;
  readonly readers: readonly { readonly name: string; readonly state: string }[];
}

const languages = ['en', 'sv', 'fi'] as const satisfies readonly Language[];

/** Bytes of a line. */
export const longestLine = 65_536;

/** The call in a line. Fails with `call-invalid`; what was sent is not repeated. */
export function parseCall(line: string): ResidentCall {
  const found = parsed(line);
  if (found['kind'] === 'documents') return documentsCall(found);
  const { kind, action, reader, language, onReader, ...rest } = found;
  if (Object.keys(rest).length > 0) throw invalid('it has more than it may');
  if (kind === 'simulate' && language === undefined && onReader === undefined) {
    if (action !== 'remove' && action !== 'insert') throw invalid('action');
    if (typeof reader !== 'string') throw invalid('reader');
    return { kind, action, reader };
  }
  if (action !== undefined || reader !== undefined) throw invalid('it has more than it may');
  if (kind === 'attach') {
    const spoken = languages.find((one) => one === language);
    if (spoken === undefined) throw invalid('language');
    if (typeof onReader !== 'boolean') throw invalid('onReader');
    return { kind, language: spoken, onReader };
  }
  if (language !== undefined || onReader !== undefined) throw invalid('it has more than it may');
  const known = (['open', 'print', 'quit', 'status'] as const).find((one) => one === kind);
  if (known === undefined) throw invalid('kind');
  return { kind: known };
}

function documentsCall({ paths, ...rest }: Record<string, unknown>): ResidentCall {
  if (Object.keys(rest).length > 1) throw invalid('it has more than it may');
  const fit = Array.isArray(paths) && paths.length > 0;
  if (!fit || !paths.every((path): path is string => typeof path === 'string' && isAbsolute(path)))
    throw invalid('paths');
  return { kind: 'documents', paths };
}

function parsed(line: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(line);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch {
    // Told below, without what was sent.
  }
  throw invalid('JSON');
}

const invalid = (why: string): Failure => new Failure('call-invalid', { call: 'resident', why });
