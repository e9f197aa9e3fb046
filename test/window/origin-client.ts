import { once } from 'node:events';
import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A program that speaks to one of the host's origins over real sockets, as politely or rudely as it is told. */
export class OriginClient {
  readonly port: number;
  readonly token: string;
  cookie = '';

  /** `address` as the host gives it: with a token. */
  constructor(address: string) {
    const url = new URL(address);
    this.port = Number(url.port);
    this.token = url.searchParams.get('token') ?? '';
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Uses the token up, and keeps the cookie. */
  async enter(headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const reply = await this.send(`/?token=${this.token}`, { headers });
    this.cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? this.cookie;
    return reply;
  }

  /** A request as the own page makes it. */
  get(path: string): Promise<Reply> {
    return this.send(path, { headers: { Cookie: this.cookie } });
  }

  /** A `POST` as the own page makes it, with `headers` in place of its own. */
  post(
    path: string,
    type: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const own = { Cookie: this.cookie, Origin: this.origin, 'Content-Type': type };
    return this.send(path, { method: 'POST', headers: { ...own, ...headers }, body });
  }

  /** Sends just this. A connection that is cut before an answer is status 0. */
  send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Reply> {
    return new Promise((resolve) => {
      const sent = this.#request(path, method, headers);
      sent.once('error', () => resolve({ status: 0, headers: {}, body: '' }));
      sent.once('response', (response) => {
        const pieces: Buffer[] = [];
        const done = (): void =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces).toString(),
          });
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.once('close', done);
      });
      sent.end(body);
    });
  }

  /** Opens an event stream; ends with the connection. */
  async stream(path: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    const sent = this.#request(path, 'GET', { Cookie: this.cookie, ...headers });
    sent.end();
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    return new EventReader(sent, response);
  }

  /** A bare connection. */
  async socket(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  /** Sends bytes as they are and gives all that comes back until the connection ends. */
  async raw(bytes: string): Promise<string> {
    const socket = await this.socket();
    socket.write(bytes, 'latin1');
    return await untilEnd(socket);
  }

  #request(path: string, method: string, headers: Readonly<Record<string, string>>): ClientRequest {
    return request({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false });
  }
}

/** All that comes on a socket until it ends. */
export async function untilEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

/** The events of one stream, in order. */
export class EventReader {
  readonly status: number;
  readonly #request: ClientRequest;
  readonly #events: string[] = [];
  readonly #ended: Promise<void>;
  #wake: () => void = () => undefined;
  #text = '';

  constructor(sent: ClientRequest, response: import('node:http').IncomingMessage) {
    this.#request = sent;
    this.status = response.statusCode ?? 0;
    sent.on('error', () => undefined);
    response.on('error', () => undefined);
    response.on('data', (piece: Buffer) => this.#take(piece));
    this.#ended = new Promise((resolve) => response.once('close', resolve));
  }

  /** The next event with what it holds: `view {…}`; the name is `message` when it has none. */
  async next(): Promise<string> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  close(): void {
    this.#request.destroy();
  }

  #take(piece: Buffer): void {
    const parts = (this.#text + piece.toString()).split('\n\n');
    this.#text = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) this.#events.push(`${/^event: (.*)$/m.exec(part)?.[1] ?? 'message'} ${data}`);
    }
    this.#wake();
  }
}
