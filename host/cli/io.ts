import type { Endings, TerminalInput } from '../pin/raw-terminal.js';

/** A stream that words go to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string | Uint8Array): unknown;
  /** Shows one line below all that is written, in place of the last one; an empty one takes it away. Only at a terminal. */
  foot?(line: string): void;
}

/** What the command line has of the computer: everything that a test may want to stand in for. */
export interface Io {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: string;
  readonly home: string;
  readonly input: TerminalInput & AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  readonly output: Output;
  readonly errors: Output;
  readonly endings: Endings;
  /** Aborted by Ctrl-C or a request to end. */
  readonly signal: AbortSignal;
}
