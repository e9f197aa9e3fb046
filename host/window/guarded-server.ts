import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Disposable, Log } from '@sigill/core';
import { Entrance } from './entrance.js';
import { EventStream } from './event-stream.js';
import * as limits from './limits.js';
import type { PageFiles } from './page-files.js';
import { readBody } from './read-body.js';
import { Refusal, refuseBroken } from './refusal.js';
import type { Answer, AnswerRoute, Route, StreamRoute } from './routes.js';
import { safeHeaders } from './safe-headers.js';
import type { Session } from './sessions.js';
import { Streams } from './streams.js';
import { upload, within } from './upload.js';

export interface GuardedSettings {
  readonly files: PageFiles;
  readonly routes: readonly Route[];
  readonly log: Log;
  /** A sentence of `host/messages/window` in the person's language. */
  say(key: string): string;
  /** Milliseconds; `Date.now` where it is left out. */
  readonly now?: () => number;
  /** The user that may connect; the host's own where it is left out. */
  readonly user?: number;
}

/**
 * An origin of the host's own: 127.0.0.1 and a port that the computer picks. Lets in by a token that is good once, then by a
 * cookie; answers to its own pages only; keeps time, size and number of everything within limits.
 */
export class GuardedServer implements Disposable {
  readonly #server: Server;
  readonly #settings: GuardedSettings;
  readonly #streams = new Streams();
  readonly #busy = new WeakSet<Socket>();
  #entrance: Entrance | undefined;

  private constructor(settings: GuardedSettings) {
    this.#settings = settings;
    this.#server = createServer(
      {
        maxHeaderSize: limits.headerSize,
        headersTimeout: limits.headersTime,
        // Each body has a time of its own: `within`.
        requestTimeout: limits.uploadTime,
        keepAliveTimeout: limits.idleTime,
        connectionsCheckingInterval: limits.lookInterval,
      },
      (request, response) => void this.#take(request, response),
    );
    this.#server.maxConnections = limits.mostConnections;
    this.#server.on('clientError', refuseBroken);
    // Neither WebSockets nor proxying nor `100-continue` is spoken here.
    this.#server.on('upgrade', (_request, socket) => refuseBroken({ code: 'upgrade' }, socket));
    this.#server.on('connect', (_request, socket) => refuseBroken({ code: 'upgrade' }, socket));
    this.#server.on('checkContinue', (request, response) => void this.#take(request, response));
  }

  /** Listens. */
  static async open(settings: GuardedSettings): Promise<GuardedServer> {
    const opened = new GuardedServer(settings);
    await new Promise<void>((resolve, reject) => {
      opened.#server.once('error', reject);
      opened.#server.listen({ host: '127.0.0.1', port: 0 }, resolve);
    });
    opened.#server.on('error', (error) => settings.log.error(`loopback server: ${error.message}`));
    const { now = Date.now, user = process.getuid?.() } = settings;
    opened.#entrance = new Entrance((opened.#server.address() as AddressInfo).port, now, user);
    return opened;
  }

  get port(): number {
    return this.#open.port;
  }

  /** An address that lets one browser in, once, within `lifetime` milliseconds. */
  address(lifetime = limits.launchTime): string {
    return this.#open.address(lifetime);
  }

  /** Ends every connection. */
  dispose(): void {
    this.#streams.dispose();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #open(): Entrance {
    if (this.#entrance === undefined) throw new Error('The server does not listen yet');
    return this.#entrance;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    // No browser asks before it is answered; who does would pile up requests here.
    if (this.#busy.has(socket)) return void socket.destroy();
    this.#busy.add(socket);
    response.once('close', () => this.#busy.delete(socket));
    response.on('error', () => response.destroy());
    try {
      const admitted = await this.#open.admit(request);
      if ('answer' in admitted) send(response, admitted.answer);
      else await this.#serve(request, response, admitted.session);
    } catch (error) {
      this.#refuse(response, error);
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse, session: Session): Promise<void> {
    const { method, url: path = '' } = request;
    const file = this.#settings.files.get(path);
    if (file !== undefined && method === 'GET') {
      return send(response, { status: 200, type: file.type, body: file.bytes });
    }
    const here = this.#settings.routes.filter((route) => route.path.test(path));
    const route = here.find((each) => methodOf(each) === method);
    if (route === undefined) throw new Refusal(here.length > 0 || file !== undefined ? 405 : 404, 'unknown');
    if (route.kind === 'stream') return this.#stream(route, response, session);
    const found = route.path.exec(path);
    if (found === null) return;
    if (route.kind === 'upload') return send(response, await upload(request, found, route));
    const { range } = request.headers;
    send(response, await route.answer({ found, body: await bodyOf(request, route), range }));
  }

  #stream(route: StreamRoute, response: ServerResponse, session: Session): void {
    if (!this.#streams.room(session)) throw new Refusal(429, 'many');
    const stream = new EventStream(response, safeHeaders);
    const kept = route.open(stream);
    const left = this.#streams.add(session, stream);
    response.once('close', () => {
      left.dispose();
      kept.dispose();
    });
  }

  #refuse(response: ServerResponse, error: unknown): void {
    const { log, say } = this.#settings;
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'broken');
    if (refusal === error) log.debug(`request refused: ${refusal.message}`);
    else log.error(`request failed: ${error instanceof Error ? error.message : String(error)}`);
    if (response.headersSent) return void response.destroy();
    send(response, {
      status: refusal.status,
      type: 'text/plain; charset=utf-8',
      body: `${say(`refused.${refusal.why}`)}\n`,
      // What has not been read of the request is not read any more.
      headers: { Connection: 'close' },
    });
  }
}

/** The body of a `POST` of the right type and size. Throws a `Refusal`. */
async function bodyOf(request: IncomingMessage, { body }: AnswerRoute): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (request.headers['content-type'] !== body.type) throw new Refusal(415, 'unknown');
  const bytes = await within(request, limits.requestTime, () => readBody(request, body.most));
  if (bytes === undefined) throw new Refusal(413, 'large');
  return bytes;
}

function methodOf(route: Route): string {
  if (route.kind === 'answer') return route.method;
  return route.kind === 'stream' ? 'GET' : 'POST';
}

function send(response: ServerResponse, { status, type, body, headers, sent }: Answer): void {
  if (sent !== undefined) response.once('close', sent);
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  response.writeHead(status, {
    ...safeHeaders,
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'Content-Length': length,
    ...headers,
  });
  response.end(body);
}
