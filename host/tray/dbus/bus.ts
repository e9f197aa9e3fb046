import { Observable } from 'rxjs';
import type { DbusClient, DbusMessage, DbusPackage, Variant } from './dbus-package.js';

const [callType, returnType, errorType, signalType] = [1, 2, 3, 4];
/** The caller wants no answer. */
const noReply = 1;

/** A call of a method on the bus. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface BusSignal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Answers a call: the signature and the values of its reply; undefined for a method that does not exist. */
export type BusHandler = (call: DbusMessage) => BusReply | undefined;

export interface BusReply {
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** A connection to a message bus. */
export class Bus {
  readonly #dbus: DbusPackage;
  readonly #client: DbusClient;

  constructor(dbus: DbusPackage, client: DbusClient) {
    this.#dbus = dbus;
    this.#client = client;
  }

  /** Values of the reply. Fails with an `Error` that the other side or the bus gives. */
  async call(call: BusCall): Promise<readonly unknown[]> {
    const reply = await this.#client.call(new this.#dbus.Message({ type: callType, ...call }));
    return reply.body;
  }

  emit(signal: BusSignal): void {
    this.#send(new this.#dbus.Message({ type: signalType, ...signal }));
  }

  variant(signature: string, value: unknown): Variant {
    return new this.#dbus.Variant(signature, value);
  }

  onSignal(listener: (signal: DbusMessage) => void): void {
    this.#client.on('message', (message) => {
      if (message.type === signalType) listener(message);
    });
  }

  /** Answers every call that comes to `path`; a handler that fails answers with an error. */
  serve(path: string, handler: BusHandler): void {
    this.#client.addMethodHandler((call) => {
      if (call.path !== path) return false;
      const answer = this.#answer(call, handler);
      if ((call.flags & noReply) === 0) this.#send(answer);
      return true;
    });
  }

  /** dbus-next throws when the bus has just gone; the loss is told by the stream. */
  #send(message: DbusMessage): void {
    if (this.#client._connection.stream.writable) this.#client.send(message);
  }

  #answer(call: DbusMessage, handler: BusHandler): DbusMessage {
    const to = { replySerial: call.serial, ...(call.sender === undefined ? {} : { destination: call.sender }) };
    const refuse = (errorName: string, why: string): DbusMessage =>
      new this.#dbus.Message({ type: errorType, ...to, errorName, signature: 's', body: [why] });
    try {
      const reply = handler(call);
      if (reply !== undefined) return new this.#dbus.Message({ type: returnType, ...to, ...reply });
      return refuse('org.freedesktop.DBus.Error.UnknownMethod', `No method ${call.member ?? ''} here`);
    } catch (error) {
      return refuse('org.freedesktop.DBus.Error.InvalidArgs', error instanceof Error ? error.message : 'failed');
    }
  }
}

/** The bus at `address` from connection to loss, which is an error of the stream. Unsubscribing disconnects. */
export function connectBus(dbus: DbusPackage, address: string): Observable<Bus> {
  return new Observable((subscriber) => {
    const client = dbus.sessionBus({ busAddress: address });
    const { stream } = client._connection;
    client.on('error', (error) => subscriber.error(error));
    client.on('connect', () => subscriber.next(new Bus(dbus, client)));
    stream.on('close', () => subscriber.error(new Error('The message bus has gone')));
    return () => stream.destroy();
  });
}
