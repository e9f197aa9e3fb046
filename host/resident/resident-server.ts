import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { type Disposable, failureData, type Log } from '@sigill/core';
import { type AttachCall, longestLine, parseCall, type ResidentAnswer, type ResidentCall } from './resident-call.js';
import type { SocketPlace } from './socket-place.js';

export interface ResidentSettings {
  readonly place: SocketPlace;
  readonly log: Log;
  /** Answers a call; fails with a `Failure`. `quit` is answered before it is carried out. */
  answer(call: ResidentCall): Promise<ResidentAnswer> | ResidentAnswer;
  /** Takes over the connection of a command that was let in, with what came behind its line. */
  attach(socket: Socket, call: AttachCall, rest: Uint8Array): Disposable;
  /** `quit` was answered. */
  quit(): void;
}

/** Milliseconds that a caller may take. */
const patience = 5_000;
const mostCallers = 16;
/** Commands that may use the host at a time. */
const mostAttached = 64;

/** Listens for other starts of the program. Whoever calls `listen` has the lock of the place: what lies there is left from a host that died. */
export class ResidentServer implements Disposable {
  readonly #server: Server;
  readonly #settings: ResidentSettings;
  readonly #callers = new Set<Socket>();
  readonly #attached = new Map<Socket, Disposable>();

  private constructor(settings: ResidentSettings) {
    this.#settings = settings;
    this.#server = createServer((socket) => this.#take(socket));
  }

  /** Fails with an ordinary error when it cannot listen. */
  static async listen(settings: ResidentSettings): Promise<ResidentServer> {
    const { socket } = settings.place;
    const pipe = socket.startsWith('\\\\');
    if (!pipe) rmSync(socket, { force: true });
    const resident = new ResidentServer(settings);
    await new Promise<void>((resolve, reject) => {
      resident.#server.once('error', reject);
      resident.#server.listen(socket, resolve);
    });
    // The folder lets nobody else in; the socket itself says so too.
    if (!pipe) chmodSync(socket, 0o600);
    return resident;
  }

  /** Listens no more, and lets the callers go who wait for the end. */
  dispose(): void {
    this.#server.close();
    for (const socket of this.#callers) socket.destroy();
    for (const attached of this.#attached.values()) attached.dispose();
  }

  #take(socket: Socket): void {
    if (this.#callers.size >= mostCallers) return void socket.destroy();
    this.#callers.add(socket);
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#callers.delete(socket);
      this.#attached.delete(socket);
    });
    let line = Buffer.alloc(0);
    const read = (bytes: Buffer): void => {
      line = Buffer.concat([line, bytes]);
      const end = line.indexOf(10);
      if (end < 0 && line.length <= longestLine) return;
      socket.off('data', read);
      const fits = end >= 0 && end <= longestLine;
      void this.#answer(socket, fits ? line.toString('utf8', 0, end) : '', line.subarray(end + 1));
      if (!this.#attached.has(socket)) socket.resume();
    };
    socket.on('data', read);
  }

  async #answer(socket: Socket, line: string, rest: Uint8Array): Promise<void> {
    const { answer, quit, log } = this.#settings;
    try {
      const call = parseCall(line);
      if (call.kind === 'attach') return await this.#attach(socket, call, rest);
      const answered = await answer(call);
      log.info(`asked from outside: ${call.kind}`);
      if (call.kind !== 'quit') return void socket.end(`${JSON.stringify(answered)}\n`);
      // Stays open until the host has ended: that is how the caller sees it.
      socket.setTimeout(0);
      socket.write(`${JSON.stringify(answered)}\n`, () => quit());
    } catch (error) {
      socket.end(`${JSON.stringify({ ok: false, ...failureData(error) } satisfies ResidentAnswer)}\n`);
    }
  }

  async #attach(socket: Socket, call: AttachCall, rest: Uint8Array): Promise<void> {
    const { answer, attach } = this.#settings;
    if (this.#attached.size >= mostAttached) return void socket.destroy();
    socket.setTimeout(0);
    this.#callers.delete(socket);
    const attached = attach(socket, call, rest);
    this.#attached.set(socket, attached);
    socket.write(`${JSON.stringify(await answer(call))}\n`);
  }
}
