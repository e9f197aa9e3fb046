import { createConnection, type Socket } from 'node:net';
import { Failure } from '@sigill/core';
import { calls, errorCall } from './calls.js';
import { CKR, type ReturnValue } from './constants.js';
import { frame, FrameReader } from './frames.js';
import { Refusal } from './refusal.js';
import { WireReader } from './wire-reader.js';
import { WireWriter } from './wire-writer.js';

const handshake = 'PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1';
const byName = new Map([...calls.values()].map((call) => [call.name, call]));

/** A program as p11-kit's module makes one of: for looking whether the socket answers, and for tests. */
export class Pkcs11Client {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #waiting = new Map<number, { resolve(body: Uint8Array): void; reject(error: unknown): void }>();
  #serial = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.once('close', () => this.#end());
    socket.on('data', (chunk: Buffer) => {
      for (const { serial, body } of this.#frames.push(chunk)) this.#waiting.get(serial)?.resolve(body);
    });
  }

  /** Connects and initializes. Fails with `host-absent` when nobody answers. */
  static async connect(path: string, version = 2): Promise<Pkcs11Client> {
    const socket = createConnection(path);
    await new Promise<void>((resolve, reject) => {
      const absent = (cause?: unknown) => reject(new Failure('host-absent', {}, cause));
      socket.once('error', absent);
      socket.once('close', () => absent());
      socket.once('connect', () => socket.write(Uint8Array.of(version)));
      socket.once('data', () => resolve());
    });
    const client = new Pkcs11Client(socket);
    const begin = new TextEncoder().encode(handshake);
    await client.call('C_Initialize', (writer) => writer.bytes(begin).byte(0).bytes(new Uint8Array(1)));
    return client;
  }

  /** Calls a function. Fails with a `Refusal` that has its return value, CKR_DEVICE_REMOVED when the connection ends. */
  async call(name: string, write: (writer: WireWriter) => unknown = () => {}): Promise<WireReader> {
    const call = byName.get(name);
    if (!call) throw new Error(`There is no call ${name}`);
    const serial = (this.#serial += 1);
    const writer = new WireWriter().uint32(call.id).counted(new TextEncoder().encode(call.request));
    write(writer);
    const body = await new Promise<Uint8Array>((resolve, reject) => {
      this.#waiting.set(serial, { resolve, reject });
      if (this.#socket.destroyed) this.#end();
      else this.#socket.write(frame(serial, writer.take()));
    });
    this.#waiting.delete(serial);
    const answer = new WireReader(body);
    const id = answer.uint32();
    answer.counted();
    if (id === errorCall.id) throw new Refusal(answer.ulong() as ReturnValue);
    return answer;
  }

  /** Goes away without a word, as a program that is killed does. */
  close(): void {
    this.#socket.destroy();
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Refusal(CKR.DEVICE_REMOVED));
    this.#waiting.clear();
  }
}
