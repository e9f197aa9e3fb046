import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { type Disposable, DisposableStore, failureData, type Log } from '@sigill/core';
import type { CardAccess } from '../cards/card-access.js';
import type { HeldPin } from '../pin/held-pin.js';
import type { LoginRequest } from '../pin/login.js';
import { Application, type Service } from './application.js';
import { ContentsReader } from './card-contents.js';
import { Connection } from './connection.js';
import { listenOn, listenOnInherited } from './listen.js';
import { programAt } from './peer-program.js';
import type { Pkcs11Places } from './places.js';
import { Slots } from './slots.js';

export interface Pkcs11ServerNeeds {
  readonly cards: CardAccess;
  /** Logins in the name of a program, given up when `signal` aborts. */
  logins(requester: string, signal: AbortSignal): { login(request: LoginRequest): Promise<HeldPin> };
  readonly places: Pkcs11Places;
  /** Sockets that somebody else made and listens on: by systemd, from 3 on. */
  readonly inherited: readonly number[];
  /** See `Service`. */
  settled(): Promise<void>;
  readonly version: Service['version'];
  /** See `Service`; a second where it is left out. */
  readonly leastWait?: number;
  /** What the person is told of a program whose name cannot be found out. */
  readonly unnamed: () => string;
  readonly log: Log;
}

/** Programs at once. */
const mostConnections = 256;

/** Serves the cards as PKCS #11 tokens to the person's programs, through p11-kit's module. */
export class Pkcs11Server implements Disposable {
  readonly #needs: Pkcs11ServerNeeds;
  readonly #service: Service;
  readonly #kept = new DisposableStore();
  readonly #connections = new Set<Connection>();
  #serving = true;

  private constructor(needs: Pkcs11ServerNeeds) {
    const { cards, settled, version, leastWait = 1_000 } = needs;
    const slots = this.#kept.add(new Slots(cards.readers));
    const contents = new ContentsReader(cards);
    this.#needs = needs;
    this.#service = { slots, contents, settled, leastWait, version };
    const kept = slots.changes.subscribe(() => contents.keep(slots.list.flatMap(({ token }) => token?.card.id ?? [])));
    this.#kept.add({ dispose: () => kept.unsubscribe() });
  }

  /** Listens wherever it can; what it cannot is for the log, since the host has other things to do. */
  static async start(needs: Pkcs11ServerNeeds): Promise<Pkcs11Server> {
    const server = new Pkcs11Server(needs);
    const { inherited, places } = needs;
    const take = (socket: Socket): void => server.#take(socket);
    for (const descriptor of inherited) await server.#listen(`fd ${descriptor}`, listenOnInherited(descriptor, take));
    for (const path of [places.own, ...(places.usual === undefined ? [] : [places.usual])]) {
      await server.#listen(path, listenOn(path, take), () => rmSync(path, { force: true }));
    }
    return server;
  }

  /** Programs that are connected. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Lets every program go, and sends those away that come, or not any more. */
  serve(wanted: boolean): void {
    this.#serving = wanted;
    if (!wanted) for (const connection of this.#connections) connection.dispose();
  }

  /** Listens no more; every program's logins end. */
  dispose(): void {
    this.serve(false);
    this.#kept.dispose();
  }

  async #listen(where: string, starting: Promise<Server>, clean?: () => void): Promise<void> {
    const { log } = this.#needs;
    try {
      const server = await starting;
      log.info(`pkcs11: listening on ${where}`);
      this.#kept.add({ dispose: () => (server.close(), clean?.()) });
    } catch (error) {
      const { code, facts } = failureData(error);
      log.info(`pkcs11: not on ${where}: ${code} ${String(facts['why'] ?? '')}`);
    }
  }

  #take(socket: Socket): void {
    if (!this.#serving || this.#connections.size >= mostConnections) return void socket.destroy();
    const { log, unnamed } = this.#needs;
    const gone = new AbortController();
    const connection = new Connection({
      socket,
      log,
      application: (protocol) =>
        new Application({
          service: this.#service,
          protocol,
          login: async (request) => {
            const requester = (await programAt(socket)) ?? unnamed();
            return await this.#needs.logins(requester, gone.signal).login(request);
          },
        }),
      closed: () => {
        gone.abort();
        this.#connections.delete(connection);
      },
    });
    this.#connections.add(connection);
  }
}
