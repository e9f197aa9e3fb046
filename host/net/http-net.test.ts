import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HttpNet, largestAnswer } from './http-net.js';

const open: { close(): unknown }[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0)) one.close();
});

async function serve(listener: RequestListener, server: Server = createServer(listener)): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function net(signal = new AbortController().signal): HttpNet {
  const made = new HttpNet({ signal, agent: 'Sigill/test' });
  open.push({ close: () => made.dispose() });
  return made;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const post = (url: string) => ({ url, method: 'POST', body: new TextEncoder().encode('asked') }) as const;

describe('the network for plugins', () => {
  it('carries a body, two headers and nothing else of the plugin or of earlier answers', async () => {
    const seen: unknown[] = [];
    const url = await serve(async (request, response) => {
      const { cookie, authorization, accept, 'content-type': type, 'user-agent': agent } = request.headers;
      seen.push({ cookie, authorization, accept, type, agent, body: await bodyOf(request) });
      response.writeHead(503, { 'content-type': 'application/timestamp-reply', 'set-cookie': 'a=1' }).end('answered');
    });
    const own = net();
    const headers = { 'Content-Type': 'application/timestamp-query', Accept: '*/*', Cookie: 'x', Authorization: 'y' };
    for (let times = 0; times < 2; times += 1) {
      const { status, contentType, body } = await own.request({ ...post(url), headers });
      expect([status, contentType, text(body)]).toEqual([503, 'application/timestamp-reply', 'answered']);
    }
    const wanted = { accept: '*/*', type: 'application/timestamp-query', agent: 'Sigill/test', body: 'asked' };
    expect(seen).toEqual([wanted, wanted].map((one) => ({ cookie: undefined, authorization: undefined, ...one })));
  });

  it('follows three redirections, and 307 keeps the question', async () => {
    const url = await serve(async (request, response) => {
      const at = Number(request.url?.slice(1));
      if (at < 3) response.writeHead(307, { location: `/${at + 1}` }).end();
      else response.end(`${request.method} ${await bodyOf(request)}`);
    });
    expect(text((await net().request(post(`${url}/0`))).body)).toBe('POST asked');
    await expect(net().request(post(`${url}/-1`))).rejects.toMatchObject({ code: 'net-refused' });
  });

  it('asks only http and https, without names and passwords', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://a/b', 'http://user:secret@127.0.0.1/', 'nonsense', 'data:,x'])
      await expect(net().request({ url, method: 'GET' })).rejects.toMatchObject({ code: 'net-refused' });
    const failure = await net()
      .request({ url: 'http://user:secret@a/', method: 'GET' })
      .catch((error: unknown) => error);
    expect(JSON.stringify((failure as { facts: unknown }).facts)).not.toContain('secret');
  });

  it('is not led to a file, nor from a redirection to a name with a password', async () => {
    const url = await serve((request, response) => {
      response
        .writeHead(302, { location: request.url === '/file' ? 'file:///etc/passwd' : 'http://a:b@127.0.0.1/' })
        .end();
    });
    for (const path of ['/file', '/name'])
      await expect(net().request({ url: url + path, method: 'GET' })).rejects.toMatchObject({ code: 'net-refused' });
  });

  it('gives up a server that does not answer, or never comes to an end', async () => {
    const url = await serve((request, response) => {
      if (request.url !== '/slow') return;
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });
    for (const path of ['/silent', '/slow'])
      await expect(net().request({ url: url + path, method: 'GET', timeout: 150 })).rejects.toMatchObject({
        code: 'net-slow',
        facts: { url: url + path, seconds: 1 },
      });
  });

  it('takes no more than 32 MiB, told or not', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/told') response.writeHead(200, { 'content-length': largestAnswer + 1 });
      const piece = Buffer.alloc(1_048_576);
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    for (const path of ['/told', '/untold'])
      await expect(net().request({ url: url + path, method: 'GET' })).rejects.toMatchObject({ code: 'net-too-large' });
  });

  it('says that nobody is there', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(net().request({ url: `http://127.0.0.1:${port}/`, method: 'GET' })).rejects.toMatchObject({
      code: 'net-unreachable',
      facts: { why: 'ECONNREFUSED' },
    });
  });

  it('ends with its host', async () => {
    const ending = new AbortController();
    const url = await serve(() => ending.abort());
    await expect(net(ending.signal).request({ url, method: 'GET' })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('goes through the proxy that the environment names, and past it where it says so', async () => {
    const asked: string[] = [];
    const target = await serve((_request, response) => void response.end('direct or tunnelled'));
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('from the proxy');
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      const [host = '', port] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    vi.stubEnv('HTTP_PROXY', await serve(() => {}, proxy));
    vi.stubEnv('NO_PROXY', '');
    await net().request({ url: target, method: 'GET' });
    expect(asked.length).toBe(1);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    expect(text((await net().request({ url: target, method: 'GET' })).body)).toBe('direct or tunnelled');
    expect(asked.length).toBe(1);
  });
});
