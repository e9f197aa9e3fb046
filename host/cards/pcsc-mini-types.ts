/** The part of pcsc-mini 0.1.3 that we use, written down here because the package may be absent when Sigill is built. */
export interface MiniPackage {
  readonly Client: new () => MiniClient;
  readonly CardMode: { readonly SHARED: number };
  readonly CardDisposition: { readonly LEAVE: number; readonly RESET: number };
  readonly Protocol: { readonly T0: number; readonly T1: number };
  readonly MAX_BUFFER_LEN: number;
}

export interface MiniClient {
  on(event: 'reader', listener: (reader: MiniReader) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  reader(name: string): MiniReader | undefined;
  start(): this;
  stop(): void;
}

export interface MiniReader {
  name(): string;
  on(event: 'change', listener: (status: { readonly raw: number }) => void): this;
  on(event: 'disconnect', listener: () => void): this;
  connect(mode: number): Promise<MiniCard>;
}

export interface MiniCard {
  protocol(): number;
  state(): Promise<{ readonly atr: Uint8Array }>;
  transmit(apdu: Uint8Array, response: ArrayBuffer): Promise<Uint8Array>;
  transaction(): Promise<MiniTransaction>;
  control(code: number, data: Uint8Array, response: ArrayBuffer): Promise<Uint8Array>;
  reconnect(mode: number, disposition: number): Promise<number>;
  disconnect(disposition: number): Promise<void>;
}

export interface MiniTransaction {
  end(disposition: number): Promise<void>;
}
