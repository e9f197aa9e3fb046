import { createRequire } from 'node:module';

/** The part of dbus-next 0.10.2 that we use, written down here because the package may be absent when Sigill is built. */
export interface DbusPackage {
  sessionBus(options: { readonly busAddress: string }): DbusClient;
  readonly Message: new (fields: MessageFields) => DbusMessage;
  readonly Variant: new (signature: string, value: unknown) => Variant;
}

export interface Variant {
  readonly signature: string;
  readonly value: unknown;
}

export interface MessageFields {
  /** 1 call, 2 return, 3 error, 4 signal. */
  readonly type?: number;
  readonly destination?: string;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
  readonly errorName?: string;
  readonly replySerial?: number;
}

export interface DbusMessage extends MessageFields {
  readonly type: number;
  readonly sender?: string;
  readonly serial: number;
  readonly flags: number;
  readonly body: readonly unknown[];
}

export interface DbusClient {
  /** Unique name, once connected. */
  readonly name: string | undefined;
  on(event: 'connect', listener: () => void): this;
  on(event: 'error', listener: (error: unknown) => void): this;
  on(event: 'message', listener: (message: DbusMessage) => void): this;
  call(message: DbusMessage): Promise<DbusMessage>;
  send(message: DbusMessage): void;
  addMethodHandler(handler: (message: DbusMessage) => boolean): void;
  /** Not public in dbus-next, which tells in no other way that the bus has gone; the version is fixed for that. */
  readonly _connection: { readonly stream: DbusStream };
}

export interface DbusStream {
  readonly writable: boolean;
  on(event: 'close', listener: () => void): unknown;
  destroy(): void;
}

/** dbus-next, or undefined where it is not installed. */
export async function loadDbus(): Promise<DbusPackage | undefined> {
  // The package is optional, also for the compiler.
  try {
    return createRequire(import.meta.url)('dbus-next') as DbusPackage;
  } catch {
    return undefined;
  }
}
