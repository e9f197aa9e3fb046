import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CardDesk, cardDesk } from './card-desk.js';
import { module } from './programs-beside.js';
import { startSshd } from './sshd.js';

let desk: CardDesk;

const myeid = 'pkcs11:token=MyEID%20card%20%28PIN1%29';
const fineid = 'pkcs11:token=Finnish%20identity%20card%20%28PIN1%29';

beforeAll(async () => {
  desk = await cardDesk('myeid', 'fineid-v4');
  desk.file('data', randomBytes(100));
  desk.file(
    'engine.cnf',
    `openssl_conf = all\n[all]\nengines = list\n[list]\npkcs11 = card\n[card]\nengine_id = pkcs11\nMODULE_PATH = ${module}\ninit = 0\n`,
  );
});
beforeEach(() => desk.person.reset());
afterAll(() => desk.close());

describe('p11tool of GnuTLS', () => {
  it('lists the tokens', async () => {
    const text = await desk.well('p11tool', '--provider', module, '--list-token-urls');
    expect(text.trim().split('\n')).toHaveLength(4);
    expect(text).toContain('token=Finnish%20identity%20card%20%28PIN1%29');
  });

  it.each([
    ['RSA', myeid, 'PIN1'],
    ['EC', fineid, 'Basic code (PIN1)'],
  ])('signs and checks with a key of %s', async (_kind, token, code) => {
    const key = `${token};id=%45;type=private`;
    const text = await desk.well('p11tool', '--provider', module, '--login', '--test-sign', key);
    expect(text).toContain('Verifying against private key parameters... ok');
    expect(desk.person.asked).toEqual([`p11tool: Log in with your card: ${code}`]);
  });
});

describe('openssl with its PKCS #11 engine', () => {
  it.each([
    ['RSA, PKCS #1', myeid, 'sha256', []],
    ['RSA, PSS', myeid, 'sha384', ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest']],
    ['EC', fineid, 'sha384', []],
  ])('signs with a key of %s', async (_kind, token, hash, options) => {
    const engine = ['-engine', 'pkcs11', '-keyform', 'engine', '-sign', `${token};id=%45;type=private`];
    const environment = ['OPENSSL_CONF=' + desk.file('engine.cnf'), 'openssl'];
    await desk.well('env', ...environment, 'dgst', ...engine, `-${hash}`, ...options, '-out', 'signature', 'data');
    const pem = await desk.well('p11tool', '--provider', module, '--export', `${token};id=%45;type=cert`);
    const certificate = desk.file('cert.pem', pem);
    desk.file('key.pem', await desk.well('openssl', 'x509', '-in', certificate, '-pubkey', '-noout'));
    const check = ['-verify', 'key.pem', ...options, '-signature', 'signature', 'data'];
    expect(await desk.well('openssl', 'dgst', `-${hash}`, ...check)).toBe('Verified OK\n');
  });
});

describe('a web server that demands a certificate', () => {
  let server: Server;
  const seen: string[] = [];

  beforeAll(async () => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'server.key'];
    await desk.well('openssl', 'req', '-x509', ...keys, '-out', 'server.pem', '-days', '2', ...subject);
    const [key, cert] = [desk.read('server.key'), desk.read('server.pem')];
    server = createServer({ key, cert, requestCert: true, rejectUnauthorized: false }, (socket) => {
      const der = socket.getPeerCertificate().raw;
      const name = der === undefined ? 'nobody' : new X509Certificate(der).publicKey.asymmetricKeyType;
      seen.push(`${socket.getProtocol()} ${name}`);
      socket.on('error', () => {});
      socket.end('HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nhi\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());
  beforeEach(() => void (seen.length = 0));

  const cases = [
    ['RSA', myeid, '1.2'],
    ['RSA', myeid, '1.3'],
    ['EC', fineid, '1.2'],
    ['EC', fineid, '1.3'],
  ] as const;

  it.each(cases)('lets curl in with a key of %s: %s, TLS %s', async (kind, token, version) => {
    const { port } = server.address() as AddressInfo;
    const own = ['--cert-type', 'ENG', '--cert', `${token};id=%45;type=cert`, '--key-type', 'ENG'];
    const tls = ['--cacert', desk.file('server.pem'), `--tlsv${version}`, '--tls-max', version, '--engine', 'pkcs11'];
    const key = ['--key', `${token};id=%45;type=private`];
    const curl = ['OPENSSL_CONF=' + desk.file('engine.cnf'), 'curl', '-sS', ...tls, ...own, ...key];
    const where = ['--resolve', `localhost:${port}:127.0.0.1`, `https://localhost:${port}/`];
    expect(await desk.well('env', ...curl, ...where)).toBe('hi\n');
    expect(seen).toEqual([`TLSv${version} ${kind.toLowerCase()}`]);
  });

  it.each(cases)('lets gnutls-cli in with a key of %s: %s, TLS %s', async (kind, token, version) => {
    const { port } = server.address() as AddressInfo;
    const own = ['--x509keyfile', `${token};id=%45;type=private`, '--x509certfile', `${token};id=%45;type=cert`];
    const tls = ['--priority', `NORMAL:-VERS-ALL:+VERS-TLS${version}`, '--x509cafile', desk.file('server.pem')];
    const where = ['--provider', module, '-p', `${port}`, '--sni-hostname=localhost', '--verify-hostname=localhost'];
    await desk.run('gnutls-cli', ...tls, ...own, ...where, '127.0.0.1');
    expect(seen).toEqual([`TLSv${version} ${kind.toLowerCase()}`]);
  });
});

describe('ssh', () => {
  it.each([
    ['RSA', 'RSA authentication', 'PIN1'],
    ['EC', 'Certificate for identification', 'Basic code (PIN1)'],
  ])('logs in to an sshd that knows one key of a card (%s)', async (_kind, label, code) => {
    const keys = (await desk.well('ssh-keygen', '-D', module)).split('\n');
    const sshd = await startSshd(desk, `${keys.find((line) => line.includes(label))}\n`);
    expect(await desk.well('ssh', ...sshd.words, '-I', module, sshd.address, 'echo let in')).toContain('let in');
    expect(desk.person.asked).toEqual([`ssh: Log in with your card: ${code}`]);
    await sshd.stop();
  });
});
