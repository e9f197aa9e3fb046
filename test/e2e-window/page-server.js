import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
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
    requests = [];
    /** Answers a request; by default everything is accepted. */
    answer = () => ({ status: 200, body: {} });
    #server = createServer((request, response) => void this.#handle(request, response));
    #streams = new Set();
    #view;
    constructor(view) {
        this.#view = view;
    }
    async start(port = 0) {
        await new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
        return `http://127.0.0.1:${this.port}/`;
    }
    get port() {
        return this.#server.address().port;
    }
    show(view) {
        this.#view = view;
        for (const stream of this.#streams)
            stream.write(event(view));
    }
    async stop() {
        this.#server.closeAllConnections();
        await new Promise((resolve) => this.#server.close(resolve));
    }
    async #handle(request, response) {
        const path = new URL(request.url ?? '/', 'http://x').pathname;
        if (path === '/api/view')
            return this.#stream(response);
        if (path === '/api/request')
            return this.#hear(request, response);
        const name = path === '/' ? 'index.html' : normalize(path).slice(1);
        const body = await readFile(join(builtPage, name)).catch(() => undefined);
        const type = types[extname(name)] ?? 'application/octet-stream';
        const headers = { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' };
        response.writeHead(body === undefined ? 404 : 200, headers).end(body);
    }
    #stream(response) {
        this.#streams.add(response);
        response.on('close', () => this.#streams.delete(response));
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
        response.write(`retry: 100\n${event(this.#view)}`);
    }
    async #hear(request, response) {
        let text = '';
        for await (const part of request)
            text += String(part);
        const heard = JSON.parse(text);
        this.requests.push(heard);
        const { status, body } = this.answer(heard);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }
}
const event = (view) => `data: ${JSON.stringify(view)}\n\n`;
const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml',
};
