/** What a person is asked for. */
export interface FileQuestion {
  /** Of the dialog. */
  readonly title: string;
  /** What the files are called: `PDF documents`. */
  readonly kind: string;
  /** Extensions without a dot, in small letters. */
  readonly extensions: readonly string[];
  readonly many: boolean;
}

/** The desktop's own dialog for choosing files. */
export interface FileChooser {
  /** Absolute paths; none when the person chose none. Fails with an ordinary error where there is no dialog after all. Ends with none when `signal` aborts. */
  choose(question: FileQuestion, signal: AbortSignal): Promise<readonly string[]>;
}
