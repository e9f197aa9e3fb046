/** What a card counted since it was made or restored. */
export interface CardCounters {
  /** Commands, GET RESPONSE apart. */
  readonly apdus: number;
  readonly getResponses: number;
  /** VERIFY, CHANGE and RESET RETRY COUNTER that were compared with a stored value: each right or wrong, each worth a try. */
  readonly presentations: number;
  readonly resets: number;
}
