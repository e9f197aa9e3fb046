/** The part of pcsclite 1.0.1 that we use, written down here because the package may be absent when Sigill is built. */
export type LitePackage = () => LiteClient;

export interface LiteClient {
  readonly readers: Readonly<Record<string, LiteReader>>;
  on(event: 'reader', listener: (reader: LiteReader) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  /** Called by the package itself in the next tick. */
  start(listener: (error: Error | undefined, names?: Uint8Array) => void): void;
  close(): void;
}

export type LiteDone<T> = (error: Error | null | undefined, result: T) => void;

export interface LiteReader {
  readonly name: string;
  connected: boolean;
  on(event: 'status', listener: (status: { readonly state: number; readonly atr?: Uint8Array }) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  connect(options: { readonly share_mode: number }, done: LiteDone<number>): void;
  disconnect(disposition: number, done: LiteDone<void>): void;
  transmit(apdu: Uint8Array, length: number, protocol: number, done: LiteDone<Uint8Array>): void;
  _control(data: Uint8Array, code: number, response: Uint8Array, done: LiteDone<number>): void;
  close(): void;
}

/** Numbers of winscard.h; the package tells them on reader objects only. */
export const lite = { exclusive: 1, shared: 2, leave: 0, reset: 1, protocolT1: 2 } as const;
