import type { Socket } from 'node:net';
import type { Disposable, Log } from '@sigill/core';
import { answerCall } from './answer-call.js';
import type { Application } from './application.js';
import { type Frame, frame, FrameReader } from './frames.js';

/** The newest version of p11-kit's protocol that is spoken here. */
const newestProtocol = 2;
/** Calls of one program that wait for their answers: one for each of its threads. */
const mostCalls = 256;
/** Bytes of answers that a program has not fetched. */
const mostUnsent = 16 * 1024 * 1024;

/** What a connection is made from. */
export interface ConnectionParts {
  readonly socket: Socket;
  readonly log: Log;
  /** The program at the other end, once it has said which version of the protocol it speaks. */
  application(protocol: number): Application;
  closed(): void;
}

/**
 * The connection of one program (p11-kit/rpc-transport.c). Its first byte is the newest version that it speaks, the answer the one to
 * use; then come calls. They are answered as they are done, for a call that waits for a person or a card must not keep up the others.
 */
export class Connection implements Disposable {
  readonly #parts: ConnectionParts;
  readonly #frames = new FrameReader();
  #application: Application | undefined;
  #calls = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const { socket, closed } = parts;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#application?.dispose();
      closed();
    });
  }

  /** The program, once it has begun. */
  get application(): Application | undefined {
    return this.#application;
  }

  dispose(): void {
    this.#parts.socket.destroy();
  }

  #take(chunk: Uint8Array): void {
    try {
      const calls = this.#application ? chunk : this.#begin(chunk);
      for (const call of this.#frames.push(calls)) void this.#answer(call);
    } catch (error) {
      this.#end(error);
    }
  }

  #begin(chunk: Uint8Array): Uint8Array {
    const version = Math.min(chunk[0] ?? 0, newestProtocol);
    this.#application = this.#parts.application(version);
    this.#parts.socket.write(Uint8Array.of(version));
    return chunk.subarray(1);
  }

  async #answer({ serial, body }: Frame): Promise<void> {
    const { socket, log } = this.#parts;
    this.#calls += 1;
    try {
      if (this.#calls > mostCalls || !this.#application)
        throw new Error('more calls at once than a program has threads');
      const answer = await answerCall(this.#application, body, log);
      if (socket.destroyed) return;
      socket.write(frame(serial, answer));
      if (socket.writableLength > mostUnsent) throw new Error('answers that nobody fetches');
    } catch (error) {
      this.#end(error);
    } finally {
      this.#calls -= 1;
    }
  }

  #end(error: unknown): void {
    this.#parts.log.info(`pkcs11: a connection is ended: ${error instanceof Error ? error.message : String(error)}`);
    this.#parts.socket.destroy();
  }
}
