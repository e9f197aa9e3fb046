import type { Disposition, Pcsc, PcscConnection, PcscService } from '@sigill/core/card';
import type { Observable } from 'rxjs';
import { presents } from './presents.js';

/** Cuts the answer to one command off. */
export interface ShortAnswer {
  /** 1 is the next command. */
  at: number;
  /** Bytes that are left of it. */
  readonly length: number;
}

/** The readers as the host reaches them: keeps what it sends, and can cut an answer off. */
export class WatchedReaders implements Pcsc {
  readonly #readers: Pcsc;
  /** The host's own arrays of commands with secrets, and how they began. */
  readonly presented: { readonly header: string; readonly apdu: Uint8Array }[] = [];
  short: ShortAnswer | undefined;

  constructor(readers: Pcsc) {
    this.#readers = readers;
  }

  get service(): Observable<PcscService> {
    return this.#readers.service;
  }

  async connect(reader: string): Promise<PcscConnection> {
    const connection = await this.#readers.connect(reader);
    return {
      protocol: connection.protocol,
      atr: connection.atr,
      transmit: (apdu) => this.#transmit(connection, apdu),
      begin: () => connection.begin(),
      end: (disposition: Disposition) => connection.end(disposition),
      reconnect: () => connection.reconnect(),
      control: (code, data) => connection.control(code, data),
      disconnect: (disposition: Disposition) => connection.disconnect(disposition),
    };
  }

  close(): Promise<void> {
    return this.#readers.close();
  }

  /** True when no command with a secret is left in the host's memory as it was sent. */
  get clean(): boolean {
    return this.presented.every(({ apdu }) => apdu.every((byte) => byte === 0));
  }

  async #transmit(connection: PcscConnection, apdu: Uint8Array): Promise<Uint8Array> {
    if (presents(apdu)) this.presented.push({ header: Buffer.from(apdu.subarray(0, 4)).toString('hex'), apdu });
    const answer = await connection.transmit(apdu);
    if (this.short === undefined) return answer;
    this.short.at -= 1;
    if (this.short.at > 0) return answer;
    const { length } = this.short;
    this.short = undefined;
    return answer.subarray(0, length);
  }
}
