import type { Duplex } from 'node:stream';
import { type Disposable, DisposableStore, Failure, isFailure } from '@sigill/core';
import { firstValueFrom, map } from 'rxjs';
import type { Activity } from '../desk/activity.js';
import { chooseDocuments, giveFiles } from '../desk/give-documents.js';
import type { HostDesk } from '../desk/host-desk.js';
import type { Host } from '../host.js';
import { Caller } from '../reach/caller.js';
import type { Hand } from '../simulate/hand.js';
import type { Opener } from '../window/desk.js';
import { WindowServer } from '../window/window-server.js';
import type { AttachCall, Attached, ResidentAnswer, ResidentCall } from './resident-call.js';
import { ResidentServer } from './resident-server.js';
import type { SocketPlace } from './socket-place.js';

export interface ResidentNeeds {
  readonly host: Host;
  readonly desk: HostDesk;
  readonly opener: Opener;
  readonly place: SocketPlace;
  /** Neither a window nor an icon is shown by itself. */
  readonly headless: boolean;
  /** The hand at simulated readers; absent for real ones. */
  readonly hand?: Hand | undefined;
  /** The folder of the window's page, where it is not the built one. */
  readonly page?: string;
  /** The person's folders, as `homeOf` names them. */
  readonly home?: string;
  /** What its simulated readers hold, as `--simulate` names it. */
  readonly simulated?: readonly string[] | undefined;
  /** Tells how something ended that was started where no window is open. False when nobody heard it: then the window opens. */
  ended?(activity: Activity): Promise<boolean>;
  /** Ends the host. */
  quit(): void;
}

const windowSize = { width: 1_100, height: 780 };
/** Milliseconds within which a window that was opened comes up: meanwhile no second one is opened by itself. */
const opening = 15_000;

/** Milliseconds within which calls belong together. */
const together = 2_000;

/** The host while it stays: one for each person, reached by window, tray and other starts of the program. */
export class Resident implements Disposable {
  readonly #needs: ResidentNeeds;
  readonly #kept = new DisposableStore();
  readonly #window: WindowServer;
  #opened = -Infinity;

  private constructor(needs: ResidentNeeds, window: WindowServer) {
    this.#needs = needs;
    this.#window = this.#kept.add(window);
  }

  /** Listens, and starts what starts by itself. Fails with an ordinary error when it cannot listen. */
  static async start(needs: ResidentNeeds): Promise<Resident> {
    const { host, desk, place, page } = needs;
    desk.start();
    const own = page === undefined ? {} : { page };
    const window = await WindowServer.open({ desk, log: host.log, language: () => desk.language, ...own });
    const resident = new Resident(needs, window);
    try {
      const answer = (call: ResidentCall) => resident.#answer(call);
      const quit = (): void => needs.quit();
      const attach = (socket: Duplex, call: AttachCall, rest: Uint8Array): Caller => {
        const caller = new Caller(socket, host, call);
        caller.read(rest);
        return caller;
      };
      resident.#kept.add(await ResidentServer.listen({ place, log: host.log, answer, attach, quit }));
      resident.#follow();
      return resident;
    } catch (error) {
      resident.dispose();
      throw error;
    }
  }

  /** Opens the window, at `place` if one is named. */
  open(place?: string): void {
    const { desk, opener } = this.#needs;
    if (place !== undefined) desk.wish(place);
    this.#opened = performance.now();
    opener.open(this.#window.address(), windowSize);
  }

  /** Opens the window with these documents. Fails with `command-unknown` when no plugin works on documents. */
  async documents(paths: readonly string[]): Promise<void> {
    const place = `panel:${await giveFiles(this.#needs.desk, paths)}`;
    // Many files come in several calls, one right after the other.
    if (performance.now() - this.#opened > together) this.open(place);
    else this.#needs.desk.wish(place);
  }

  /** Asks for documents with the desktop's dialog, and opens the window with them; at once where there is no dialog. */
  async choose(): Promise<void> {
    const panel = await chooseDocuments(this.#needs.desk);
    if (panel !== undefined) this.open(`panel:${panel}`);
  }

  /** The same for what comes by itself: one that is open, or on its way, is enough. */
  show(place?: string): void {
    const { desk } = this.#needs;
    if (!desk.watched && performance.now() - this.#opened > opening) this.open(place);
    else if (place !== undefined) desk.wish(place);
  }

  /** Listens no more. The desk and the host are its owner's. */
  dispose(): void {
    this.#kept.dispose();
  }

  #follow(): void {
    const { host, desk } = this.#needs;
    const offers = host.plugins.offers.subscribe(({ command, args }) => {
      if (desk.chosen.openByItself === false) return;
      const { name } = desk.readers.find(({ card }) => card !== undefined && card.id === args['card']) ?? {};
      // What a person should do next stands with the reader; an activation has a place of its own.
      if (name !== undefined) this.show(command === 'activation.activate' ? `activation:${name}` : 'devices');
    });
    // Started from the tray, it ends where nobody looks.
    const ends = desk.ended.subscribe((activity) => {
      if (activity.failure?.code === 'cancelled') return;
      const told = this.#needs.ended?.(activity) ?? Promise.resolve(false);
      told.then((heard) => heard || this.show(), logged(host, 'notifications'));
    });
    this.#kept.add({ dispose: () => (offers.unsubscribe(), ends.unsubscribe()) });
  }

  async #answer(call: ResidentCall): Promise<ResidentAnswer> {
    switch (call.kind) {
      case 'open':
        this.open();
        return { ok: true };
      case 'documents':
        await this.documents(call.paths);
        return { ok: true };
      case 'print':
        return { ok: true, address: this.#window.address() };
      case 'quit':
        return { ok: true };
      case 'attach':
        return { ok: true, attached: this.#attached() };
      case 'status':
        return { ok: true, status: await this.#status() };
      case 'simulate':
        return this.#simulate(call.action, call.reader);
    }
  }

  #attached(): Attached {
    const { desk, home = '', simulated } = this.#needs;
    return { version: desk.needs.about.version, home, ...(simulated !== undefined && { simulated }) };
  }

  async #status() {
    const { desk, headless } = this.#needs;
    const about = { version: desk.needs.about.version, simulated: desk.needs.about.simulated };
    const readers = await firstValueFrom(desk.state.pipe(map((state) => state.readers)));
    return {
      ...about,
      pid: process.pid,
      headless,
      language: desk.language,
      memory: process.memoryUsage.rss(),
      readers: readers.map(({ name, state }) => ({ name, state })),
    };
  }

  #simulate(action: 'remove' | 'insert', reader: string): ResidentAnswer {
    const { hand } = this.#needs;
    if (hand === undefined) throw new Failure('call-invalid', { call: 'simulate', why: 'the readers are real' });
    hand[action](reader);
    return { ok: true };
  }
}

/** For what must not end the host: a failure is for the log. */
export function logged(host: Host, what: string): (error: unknown) => void {
  return (error) => {
    const why = isFailure(error) ? error.code : error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.log.warn(`${what}: ${why}`);
  };
}
