import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openssl } from './openssl.js';

/** How a request is answered: nothing at all never ends. */
export type Answer = { readonly status?: number; readonly type?: string; readonly body: Uint8Array } | undefined;

/**
 * The services of a test PKI on loopback: `/tsa[?signer]`, `/ocsp/AUTHORITY[?responder]`, `/crl/AUTHORITY`, `/certificates/AUTHORITY`.
 * Is also a proxy (`HTTP_PROXY`) to itself, so that the addresses in simulated cards' certificates can be reached: `http://ocsp.sigill.example/…`.
 */
export interface PkiServer {
  readonly site: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** Answers `path` in another way from now on; undefined gives back the service. */
  answer(path: string, instead: ((body: Uint8Array) => Answer | Promise<Answer>) | undefined): void;
  close(): Promise<void>;
}

/** Serves what lies in `folder`; made by `startTestPki`. */
export async function startPkiServer(folder: string): Promise<PkiServer> {
  const asked: string[] = [];
  const instead = new Map<string, (body: Uint8Array) => Answer | Promise<Answer>>();
  let count = 0;
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = ownPath(new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`));
    const body = await bodyOf(request);
    asked.push(url.pathname);
    const other = instead.get(url.pathname);
    const answer = other ? await other(body) : await serve(folder, url, body, (count += 1));
    if (!answer) return;
    response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'application/octet-stream' });
    response.end(answer.body);
  }

  // A tunnel, wherever to, ends here.
  server.on('connect', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.emit('connection', socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (path, how) => (how ? instead.set(path, how) : instead.delete(path)),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

// Where the simulator's certificates point: http://ocsp.sigill.example/citizen, http://ca.sigill.example/crl/citizen.crl.
function ownPath(url: URL): URL {
  const [, service = '', file = ''] = url.pathname.split('/');
  const name = (path: string): string => `simulated-${path.replace(/\.\w+$/, '')}`;
  if (url.hostname === 'ocsp.sigill.example') url.pathname = `/ocsp/${name(service)}`;
  if (url.hostname === 'ca.sigill.example') url.pathname = `/${service}/${name(file)}`;
  return url;
}

async function serve(folder: string, url: URL, body: Uint8Array, number: number): Promise<Answer> {
  const [, service = '', name = ''] = url.pathname.split('/');
  const chosen = url.search.slice(1);
  const [input, output] = [`in-${number}`, `out-${number}`];
  await writeFile(join(folder, input), body);
  if (service === 'tsa') {
    const signer = chosen || 'tsa';
    const keys = ['-signer', `${signer}.crt`, '-inkey', `${signer}.key`, '-chain', 'issuing.crt'];
    const config = ['-config', 'pki.cnf', '-section', 'tsa_config'];
    await openssl(folder, 'ts', '-reply', ...config, '-queryfile', input, ...keys, '-out', output);
    return { type: 'application/timestamp-reply', body: await readFile(join(folder, output)) };
  }
  if (service === 'ocsp') {
    const responder = chosen || (name === 'root' ? 'rootResponder' : name === 'issuing' ? 'responder' : name);
    const keys = ['-CA', `${name}.crt`, '-rsigner', `${responder}.crt`, '-rkey', `${responder}.key`, '-nmin', '10'];
    await openssl(folder, 'ocsp', '-index', `${name}.index`, ...keys, '-reqin', input, '-respout', output);
    return { type: 'application/ocsp-response', body: await readFile(join(folder, output)) };
  }
  if (service === 'crl') {
    await openssl(folder, 'ca', '-config', 'pki.cnf', '-name', name, '-gencrl', '-out', `${output}.pem`);
    await openssl(folder, 'crl', '-in', `${output}.pem`, '-outform', 'DER', '-out', output);
    return { type: 'application/pkix-crl', body: await readFile(join(folder, output)) };
  }
  if (service === 'certificates') {
    await openssl(folder, 'x509', '-in', `${name}.crt`, '-outform', 'DER', '-out', output);
    return { type: 'application/pkix-cert', body: await readFile(join(folder, output)) };
  }
  return { status: 404, type: 'text/html', body: Buffer.from('<html>nothing here</html>') };
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
