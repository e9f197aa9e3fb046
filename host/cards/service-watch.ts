import type { PcscService } from '@sigill/core/card';
import { filter, firstValueFrom, type Observable, ReplaySubject } from 'rxjs';
import type { Clock } from './clock.js';
import { Presences } from './presences.js';
import { serviceWake } from './service-wake.js';

/** What one client of the card service tells for as long as it lives. */
export interface ServiceReport {
  readonly presences: Presences;
  /** Call after a change of `presences`; for the first time when all readers that there are stand in it. */
  changed(): void;
  /** The service has ended; nothing is reported after it. */
  died(why: string): void;
}

/** A client of the card service at work. */
export interface ServiceClient {
  /** Called once, also after the service has died. Never fails. */
  end(): Promise<void>;
}

/** Begins to watch the service; throws when there is none. */
export type StartWatching = (report: ServiceReport) => ServiceClient;

const firstPause = 100;
const longestPause = 60_000;

/** Keeps a client of the card service at work for ever: across its absence, end and return. */
export class ServiceWatch {
  readonly presences = new Presences();
  // Nothing is said before something is known.
  readonly #service = new ReplaySubject<PcscService>(1);
  readonly #start: StartWatching;
  readonly #clock: Clock;
  readonly #end = new AbortController();
  readonly #ended: Promise<void>;
  #shown = '';

  constructor(start: StartWatching, clock: Clock) {
    this.#start = start;
    this.#clock = clock;
    this.#ended = this.#watch();
  }

  get service(): Observable<PcscService> {
    return this.#service.asObservable();
  }

  /** True when the card of that insertion is gone, or goes within `milliseconds`. */
  async gone(reader: string, insertion: number, milliseconds: number): Promise<boolean> {
    const left = firstValueFrom(this.#service.pipe(filter(() => !this.presences.holds(reader, insertion))), {
      defaultValue: undefined,
    });
    const done = new AbortController();
    await Promise.race([left, this.#clock.pause(milliseconds, done.signal)]);
    done.abort();
    return !this.presences.holds(reader, insertion);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#ended;
  }

  async #watch(): Promise<void> {
    let failures = 0;
    while (!this.#end.signal.aborted) {
      const waiting = new AbortController();
      // Watched from before the attempt, so that a service that comes right after it is not missed.
      let woken = false;
      const wake = serviceWake(waiting.signal).then(() => (woken = !waiting.signal.aborted));
      const { lived, why } = await this.#live();
      if (lived) failures = 0;
      this.presences.clear();
      if (!this.#end.signal.aborted) {
        this.#publish({ available: false, why, readers: [] });
        const pause = this.#clock.pause(Math.min(firstPause * 2 ** failures, longestPause), anyOf(waiting, this.#end));
        // Right after a change of the socket the service is on its way: the pauses start small again.
        await (woken ? pause : Promise.race([pause, wake]));
        failures = woken ? 0 : failures + 1;
      }
      waiting.abort();
    }
    this.#service.complete();
  }

  /** One life of the service: resolves when it has ended or was not there. */
  async #live(): Promise<{ lived: boolean; why: string }> {
    const report: { died: (why: string) => void } = { died: () => undefined };
    const death = new Promise<string>((resolve) => (report.died = resolve));
    let client: ServiceClient;
    try {
      client = this.#start({
        presences: this.presences,
        changed: () => this.#publish({ available: true, readers: this.presences.list() }),
        died: report.died,
      });
    } catch (error) {
      return { lived: false, why: error instanceof Error ? error.message : String(error) };
    }
    const why = await Promise.race([death, aborted(this.#end.signal)]);
    await client.end();
    return { lived: true, why };
  }

  #publish(service: PcscService): void {
    const shown = JSON.stringify(service, (_key, value: unknown) =>
      value instanceof Uint8Array ? [...value].join() : value,
    );
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#service.next(service);
  }
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('closed');
    else signal.addEventListener('abort', () => resolve('closed'), { once: true });
  });
}

function anyOf(...controllers: readonly AbortController[]): AbortSignal {
  return AbortSignal.any(controllers.map(({ signal }) => signal));
}
