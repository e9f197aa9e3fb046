/** Ends a command that has told its answer already: there is nothing more to say than how it went. */
export class Ended extends Error {
  override readonly name = 'Ended';
  /** Of `exitCodes`. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}
