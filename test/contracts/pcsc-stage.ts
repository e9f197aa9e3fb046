import type { Pcsc, PcscConnection, PcscService, ReaderPresence } from '@sigill/core/card';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterEach, beforeEach } from 'vitest';
import type { PcscWorld } from './pcsc-world.js';

/** An empty VERIFY: asks whether PIN1 is verified. */
export const isVerified = Uint8Array.of(0x00, 0x20, 0x00, 0x11);

/** Presents PIN1, 1234. */
export const verify = Uint8Array.from([...isVerified, 12, ...Buffer.from('1234'.padEnd(12, '\0'))]);

export const done = [0x90, 0x00];

export const fiveTries = [0x63, 0xc5];

/** One world and one `Pcsc` in it for each test. */
export class PcscStage {
  world!: PcscWorld;
  pcsc!: Pcsc;

  constructor(make: () => Promise<PcscWorld>) {
    beforeEach(async () => {
      this.world = await make();
      this.pcsc = await this.world.open();
    });
    afterEach(async () => {
      await this.pcsc.close();
      await this.world.dispose();
    });
  }

  get first(): string {
    return this.world.readers[0];
  }

  get second(): string {
    return this.world.readers[1];
  }

  /** A connection to a card just put in. */
  async connected(reader: string): Promise<PcscConnection> {
    await this.world.insert(reader);
    await this.presence(reader, ({ atr }) => atr !== undefined);
    return this.pcsc.connect(reader);
  }

  /** The service once `is` holds for it. */
  service(is: (service: PcscService) => boolean, of = this.pcsc): Promise<PcscService> {
    return firstValueFrom(of.service.pipe(filter(is)));
  }

  /** The reader once `is` holds for it. */
  presence(reader: string, is: (presence: ReaderPresence) => boolean, of = this.pcsc): Promise<ReaderPresence> {
    const found = of.service.pipe(map(({ readers }) => readers.find(({ name }) => name === reader)));
    return firstValueFrom(found.pipe(filter((seen) => seen !== undefined && is(seen)))) as Promise<ReaderPresence>;
  }
}
