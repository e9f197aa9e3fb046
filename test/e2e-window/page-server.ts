import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentPath, journalPath, type WindowRequest } from '../../host/window/requests.js';
import type { WindowView } from '../../host/window/view/window-view.js';
import { storyDocument, storyJournal, storyPdf } from './stories/documents.js';

/** Where the page is built for the stories: apart from the one that a running host may be serving. */
export const builtPage = fileURLToPath(new URL(`../output/page-${process.pid}/`, import.meta.url));

/** The strictest policy that a page can have which loads its own files. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built page with views that a test plays, and keeps what the page asks for. */
export class PageServer {
  readonly requests: WindowRequest[] = [];
  /** Answers a request; by default everything is accepted. */
  answer: (request: WindowRequest) => { status: number; body: unknown } = () => ({ status: 200, body: {} });
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));
  readonly #streams = new Set<ServerResponse>();
  #view: WindowView;

  constructor(view: WindowView) {
    this.#view = view;
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.port}/`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  show(view: WindowView): void {
    this.#view = view;
    for (const stream of this.#streams) stream.write(event(view));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    if (path === '/api/view') return this.#stream(response);
    if (path === '/api/request') return this.#hear(request, response);
    if (path === journalPath) return void response.writeHead(200, json).end(JSON.stringify(storyJournal));
    if (path === `${documentPath}/${storyDocument}`) return piece(request, response);
    const name = path === '/' ? 'index.html' : normalize(path).slice(1);
    const body = await readFile(join(builtPage, name)).catch(() => undefined);
    const type = types[extname(name)] ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  }

  #stream(response: ServerResponse): void {
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 100\n${event(this.#view)}`);
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    const heard = JSON.parse(text) as WindowRequest;
    this.requests.push(heard);
    const { status, body } = this.answer(heard);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

/** A piece of the story's document, as the host gives it. */
function piece({ headers }: IncomingMessage, response: ServerResponse): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  response.writeHead(206, { 'content-type': 'application/octet-stream' });
  response.end(storyPdf.subarray(Number(first), Number(last) + 1));
}

const json = { 'content-type': 'application/json' };

const event = (view: WindowView): string => `data: ${JSON.stringify(view)}\n\n`;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
