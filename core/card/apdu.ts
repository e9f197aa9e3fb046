/** A command APDU (ISO 7816-4 §5.1). `le` in bytes; 0 asks for all there is. */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  readonly le?: number;
}

/** A response APDU: data and the status word as a number, 0x9000 for done. */
export interface Response {
  readonly data: Uint8Array;
  readonly status: number;
}
