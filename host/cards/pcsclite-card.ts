import { liteCall, liteCode } from './pcsclite-call.js';
import { lite, type LiteReader } from './pcsclite-types.js';
import { pcscCode } from './pcsc-failure.js';

// pcsclite wants to know how much a response may hold: an extended one and its status word.
const longestResponse = 65_538;

/** The one connection that pcsclite has for each reader. Calls are made one after the other. */
export class PcscliteCard {
  readonly #reader: LiteReader;
  #protocol = 0;

  constructor(reader: LiteReader) {
    this.#reader = reader;
  }

  get isT1(): boolean {
    return this.#protocol === lite.protocolT1;
  }

  /** Connects anew, `shared` or `exclusive`; what was connected before is left as it is. */
  async connect(mode: 'shared' | 'exclusive'): Promise<void> {
    // It believes itself connected even when the card has left, and then connects to nothing.
    await this.disconnect('leave');
    this.#protocol = await liteCall<number>((done) => this.#reader.connect({ share_mode: lite[mode] }, done));
  }

  async disconnect(disposition: 'leave' | 'reset'): Promise<void> {
    if (!this.#reader.connected) return;
    try {
      await liteCall<void>((done) => this.#reader.disconnect(lite[disposition], done));
    } catch {
      // The handle is dead already, and only we can make pcsclite know.
      this.#reader.connected = false;
    }
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const bytes = Buffer.from(apdu);
    try {
      const read = await liteCall<Uint8Array>((done) =>
        this.#reader.transmit(bytes, longestResponse, this.#protocol, done),
      );
      return new Uint8Array(read);
    } finally {
      // It may hold a PIN.
      bytes.fill(0);
    }
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    const response = Buffer.alloc(longestResponse);
    const bytes = Buffer.from(data);
    try {
      const length = await liteCall<number>((done) => this.#reader._control(bytes, code, response, done));
      return new Uint8Array(response.subarray(0, length));
    } finally {
      bytes.fill(0);
    }
  }
}

/** True when another program is connected to the card, so that it cannot be had alone. */
export const isShared = (error: unknown): boolean => liteCode(error) === pcscCode.sharingViolation;
