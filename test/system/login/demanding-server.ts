import { execFileSync } from 'node:child_process';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { testCa } from '../../../core/sim/test-ca.js';

/** A web server that lets nobody in without a certificate of the simulated cards' authorities, and greets the holder by name. */
export interface DemandingServer {
  readonly url: string;
  /** The authority of its own certificate, which browsers are to trust: a file in PEM. */
  readonly authority: string;
  /** Who came in: protocol, kind of the key (`rsa`, `ec`) and name of the holder. */
  readonly guests: readonly string[];
  /** How many were turned away. */
  readonly refused: () => number;
  close(): void;
}

/** Starts the server; it speaks one version of TLS only. */
export async function demandingServer(version: SecureVersion): Promise<DemandingServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-server-'));
  const at = (name: string): string => join(folder, name);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const make = (name: string, ...words: readonly string[]): unknown =>
    execFileSync(
      'openssl',
      ['req', '-x509', ...curve, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), ...words],
      {
        stdio: 'ignore',
      },
    );
  make('authority', '-subj', '/CN=Authority of the test’s server');
  const leaf = ['-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE'];
  make('server', '-subj', '/CN=localhost', ...leaf, '-CA', at('authority.pem'), '-CAkey', at('authority.key'));
  const { root, issuing } = testCa();
  const guests: string[] = [];
  let refused = 0;
  const server: Server = createServer(
    {
      key: readFileSync(at('server.key')),
      cert: readFileSync(at('server.pem')),
      ca: [root, ...Object.values(issuing)].map(({ pem }) => pem),
      // Who comes again shows the card again: Firefox keeps tickets of sessions even when it is started anew.
      secureOptions: constants.SSL_OP_NO_TICKET,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      const { CN } = socket.getPeerCertificate().subject;
      const kind = socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType;
      if (request.url === '/') guests.push(`${socket.getProtocol()} ${kind} ${CN}`);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Connection', 'close');
      response.end(`<!doctype html><title>${CN}</title><p>${CN}</p>`);
    },
  );
  server.on('tlsClientError', () => (refused += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/`,
    authority: at('authority.pem'),
    guests,
    refused: () => refused,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
