import type { Duplex } from 'node:stream';
import { type Disposable, Failure, type FailureData, failureData } from '@sigill/core';
import { createMessageConnection, type MessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import type { Clock } from './clock.js';
import type { Answer, Request } from './contract.js';
import { failureFrom } from './failure-from.js';
import { type FrameGuard, FrameReader, FrameWriter } from './frames.js';

/** Answers one call of the other side: looked up in a table of its own, never in an object. */
export type Handlers<Calls> = {
  readonly [C in keyof Calls]: (request: Request<Calls, C>) => Promise<Answer<Calls, C>>;
};

export interface RpcOptions {
  /** Whose process it is, for failures. */
  readonly plugin: string;
  readonly clock: Clock;
  /** Answers a call, or fails. The name and the request are as the other side sent them. */
  readonly answer: (call: string, request: unknown) => Promise<unknown>;
  /** The other side broke the protocol: nothing more is read from it. */
  readonly broken: (why: string) => void;
  /** Set on the side that does not trust the other. */
  readonly guard?: FrameGuard;
}

const failureCode = -32_000;

/** One end of the contract over a stream. `Calls` are those of the other side. */
export class Rpc<Calls> implements Disposable {
  readonly #options: RpcOptions;
  readonly #connection: MessageConnection;

  constructor(stream: Duplex, options: RpcOptions) {
    this.#options = options;
    // A stream that fails is followed by its end, which is what matters.
    stream.on('error', () => {});
    const reader = new FrameReader(stream, options.guard);
    const writer = new FrameWriter(stream);
    this.#connection = createMessageConnection(reader, writer);
    reader.onError((error) => options.broken(error.message));
    writer.onError(([error]) => options.broken(error.message));
    this.#connection.onClose(() => this.dispose());
    this.#connection.onRequest((call, request) => this.#answer(call, request));
    this.#connection.onNotification((call, request) => void this.#answer(call, request));
    this.#connection.listen();
  }

  /** Asks the other side. Fails with `plugin-slow` after `limit` milliseconds, `plugin-ended`, and as the other side fails. */
  call<C extends keyof Calls & string>(call: C, request: Request<Calls, C>, limit: number): Promise<Answer<Calls, C>> {
    const { plugin, clock } = this.#options;
    return new Promise((resolve, reject) => {
      const timer = clock.after(limit, () => reject(new Failure('plugin-slow', { plugin, call })));
      this.#send<Answer<Calls, C>>(call, request)
        .then(resolve, (error: unknown) => reject(this.#failure(error)))
        .finally(() => timer.dispose());
    });
  }

  /** Tells the other side, which does not answer. */
  tell<C extends keyof Calls & string>(call: C, request: Request<Calls, C>): void {
    // A side that is gone needs not be told.
    this.#guarded(() => this.#connection.sendNotification(call, request)).catch(() => {});
  }

  /** Fails what is under way with `plugin-ended`. */
  dispose(): void {
    this.#connection.dispose();
  }

  async #send<T>(call: string, request: unknown): Promise<T> {
    const answer = await this.#guarded(() => this.#connection.sendRequest<T | null>(call, request));
    return (answer ?? undefined) as T;
  }

  // The connection throws at once when it is closed; a promise that rejects is one way less to fail.
  async #guarded<T>(send: () => Promise<T>): Promise<T> {
    return await send();
  }

  async #answer(call: string, request: unknown): Promise<unknown> {
    try {
      return await this.#options.answer(call, request);
    } catch (error) {
      const { code, facts } = failureData(error);
      return new ResponseError<FailureData>(failureCode, code, { code, facts });
    }
  }

  #failure(error: unknown): Failure {
    const { plugin } = this.#options;
    if (error instanceof ResponseError && error.code === failureCode) return failureFrom(error.data, plugin);
    if (error instanceof ResponseError && error.code === -32_603)
      return new Failure('plugin-failed', { plugin, why: error.message }, error);
    return new Failure('plugin-ended', { plugin }, error);
  }
}
