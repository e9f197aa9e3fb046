import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CardsDocument, ended, Home, shown } from './sigill.js';

let home: Home;
let vpcd: Server;
let port: number;
beforeEach(async () => {
  home = new Home();
  vpcd = createServer().listen(0, '127.0.0.1');
  await once(vpcd, 'listening');
  const address = vpcd.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(() => {
  vpcd.close();
  home.remove();
});

/** What vpcd does: a length, a body, and the body that comes back. */
async function ask(socket: Socket, hex: string): Promise<string> {
  const body = Buffer.from(hex, 'hex');
  socket.write(Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), body]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.subarray(2).toString('hex');
}

it('a simulated card sits in vpcd’s reader until Ctrl-C', async () => {
  const file = join(home.folder, 'card.json');
  const child = home.start(['simulate', 'myeid', '--vpcd', `127.0.0.1:${port}`, '--file', file]);
  const done = ended(child);
  const [socket] = (await once(vpcd, 'connection')) as [Socket];
  await shown(child.stdout, /Ctrl-C/);
  expect(await ask(socket, '04')).toMatch(/^3bf5/);
  socket.write(Buffer.from([0, 1, 1]));
  expect(await ask(socket, '00a404000ca000000063504b43532d3135')).toMatch(/9000$|^61/);
  child.kill('SIGINT');
  expect(await done).toMatchObject({ code: 0, errors: '' });
  expect(existsSync(file)).toBe(true);
});

it('nobody at that address is told, with the address', async () => {
  const closed = port;
  await new Promise((resolve) => vpcd.close(resolve));
  const { code, errors } = await home.sigill(['simulate', 'myeid', '--vpcd', `127.0.0.1:${closed}`, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(errors)).toMatchObject({ code: 'vpcd-absent' });
  expect(errors).toContain(String(closed));
});

it.each([
  [['simulate'], 'name a card'],
  [['simulate', 'myeid'], 'HOST:PORT'],
  [['simulate', 'myeid', '--vpcd', 'localhost'], 'HOST:PORT'],
  [['simulate', 'myeid', '--vpcd', 'localhost:70000'], 'HOST:PORT'],
  [['simulate', 'myeid', '--state', 'melted', '--vpcd', 'localhost:1'], 'melted'],
])('%j is a mistake', async (args, words) => {
  const { code, errors } = await home.sigill(args);
  expect(code).toBe(2);
  expect(errors).toContain(words);
});

it('the test CA’s certificate stands above those of the cards', async () => {
  const { output } = await home.sigill(['simulate', '--ca']);
  const root = new X509Certificate(output);
  const { readers } = await home.json<CardsDocument>(['--simulate', 'fineid-v4', 'cards', '--all']);
  const authorities = readers[0]?.card?.caCertificates ?? [];
  const sha256 = root.fingerprint256.replaceAll(':', '').toLowerCase();
  expect(authorities.map((one) => one.sha256)).toContain(sha256);
  const issuing = authorities.find((one) => one.sha256 !== sha256)?.id ?? '';
  const pem = await home.sigill(['--simulate', 'fineid-v4', 'cert', 'export', issuing]);
  expect(new X509Certificate(pem.output).verify(root.publicKey)).toBe(true);
});
