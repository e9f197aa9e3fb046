import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { once, setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostProcess } from './host-process.js';
import { OriginClient, untilEnd } from './origin-client.js';

/** Megabytes by which the host may grow under any attack. */
const room = 120;

describe('a host under attack lives, stays small, and serves its own window', () => {
  let host: HostProcess;
  let client: OriginClient;
  let before: number;

  beforeEach(async () => {
    setMaxListeners(0);
    host = new HostProcess('./window-host.mjs');
    client = new OriginClient(await host.next());
    await client.enter();
    before = host.memory().now;
  });

  afterEach(() => host.end());

  async function stands(): Promise<void> {
    expect((await client.get('/')).status).toBe(200);
    expect(host.memory().most - before).toBeLessThan(room);
  }

  it('at 10,000 connections at the same time, as many as this process may have at once', async () => {
    const files = Number(execFileSync('sh', ['-c', 'ulimit -n']).toString().replace('unlimited', '1000000'));
    const atOnce = Math.min(10_000, files - 500);
    const held = host.held();
    for (let left = 10_000; left > 0; left -= atOnce) {
      const sockets = Array.from({ length: Math.min(atOnce, left) }, () => connect(client.port, '127.0.0.1'));
      // Either the host drops it, or it is there.
      await Promise.all(
        sockets.map((socket) => {
          socket.on('error', () => undefined);
          return new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
        }),
      );
      await expect.poll(() => host.held()).toBeLessThan(held + 200);
      expect(host.memory().most - before).toBeLessThan(room);
      for (const socket of sockets) socket.destroy();
    }
    await expect.poll(() => host.held()).toBeLessThan(held + 20);
    await stands();
  });

  it('at 127 connections that say nothing, or a byte now and then', async () => {
    const slow = await Promise.all(Array.from({ length: 127 }, () => client.socket()));
    const ends = slow.map(untilEnd);
    slow.forEach((socket, at) => at % 2 === 0 && socket.write('GET / HTTP/1.1\r\nHost: '));
    const drops = setInterval(
      () => slow.forEach((socket, at) => at % 4 === 0 && socket.writable && socket.write('x')),
      200,
    );
    await stands();
    const answers = await Promise.all(ends);
    clearInterval(drops);
    expect(answers.filter((answer) => answer === '' || answer.startsWith('HTTP/1.1 408 '))).toHaveLength(127);
    await stands();
  });

  it('at a body that comes a byte at a time', async () => {
    const socket = await client.socket();
    const end = untilEnd(socket);
    socket.write(
      `POST /api/request HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${client.cookie}\r\nOrigin: ${client.origin}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
    );
    const drops = setInterval(() => socket.writable && socket.write(' '), 100);
    expect(await end).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drops);
    await stands();
  });

  it.each(['with its length told', 'in pieces without a length'])(
    'at a body of 100 MB, %s, from inside and outside',
    async (how) => {
      const told = how.startsWith('with');
      for (const cookie of [client.cookie, 'none']) {
        const socket = await client.socket();
        const end = untilEnd(socket);
        socket.write(
          `POST /api/request HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${cookie}\r\nOrigin: ${client.origin}\r\n` +
            `Content-Type: application/json\r\n${told ? 'Content-Length: 104857600' : 'Transfer-Encoding: chunked'}\r\n\r\n`,
        );
        const piece = Buffer.alloc(1 << 20, 0x20);
        let sent = 0;
        for (; sent < 100 && socket.writable; sent += 1) {
          if (!told) socket.write('100000\r\n');
          const more = socket.write(piece);
          if (!told) socket.write('\r\n');
          if (!more) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
        }
        socket.destroy();
        const answer = await end;
        // A refusal may be lost when the connection is cut under what still comes.
        if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 4(01|13) /);
        expect(sent).toBeLessThan(100);
      }
      await stands();
    },
  );

  it('at header fields without end', async () => {
    const socket = await client.socket();
    const end = untilEnd(socket);
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\n`);
    for (let at = 0; at < 2_000 && socket.writable; at += 1) socket.write(`X-${at}: ${'x'.repeat(100)}\r\n`);
    expect(await end).toMatch(/^(HTTP\/1\.1 431 |$)/);
    const long = `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\n\r\n`;
    expect(await client.raw(long)).toMatch(/^HTTP\/1\.1 431 /);
    await stands();
  });

  it('at windows that never read what they are shown', async () => {
    const idle = await Promise.all(Array.from({ length: 6 }, () => client.socket()));
    for (const socket of idle) {
      socket.write(`GET /api/view HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${client.cookie}\r\n\r\n`);
      await once(socket, 'data');
      socket.pause();
    }
    expect((await client.get('/api/view')).status).toBe(429);
    for (let at = 0; at < 200; at += 1) {
      host.tell('view');
      expect(await host.next()).toBe('shown');
    }
    await stands();
    for (const socket of idle) socket.destroy();
  });

  it('at requests without end on one connection, with no answer read', async () => {
    const socket = await client.socket();
    socket.pause();
    const one = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${client.cookie}\r\n\r\n`;
    for (let at = 0; at < 200 && socket.writable; at += 1) socket.write(one.repeat(500));
    await expect.poll(async () => (await client.get('/')).status).toBe(200);
    await stands();
    socket.destroy();
  });
});
