/** Where tools work on copies of databases. */
export interface Workshop {
  /** Where copies lie for a moment. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends what they do, which then fails with `cancelled`. */
  readonly signal?: AbortSignal;
}
