import { describe, expect, it } from 'vitest';
import { untilEnd } from './origin-client.js';
import { enteredScene } from './window-scene.js';

const change = '{"kind":"language","language":"fi"}';
const json = 'application/json';

describe('a page or program that is not the window', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', '127.0.0.1.evil.example', 'LOCALHOST'])(
    'is refused when it calls the host %s, with the cookie and all (DNS rebinding)',
    async (name) => {
      const { client, desk } = await enteredScene();
      const Host = name === '127.0.0.1' || name.endsWith(':1') ? name : `${name}:${client.port}`;
      const headers = { Host, Cookie: client.cookie };
      expect((await client.send('/', { headers })).status).toBe(403);
      expect((await client.send('/api/view', { headers })).status).toBe(403);
      expect((await client.post('/api/request', json, change, { Host })).status).toBe(403);
      expect(desk.asked).toEqual([]);
    },
  );

  it('is refused without a host, with two, or with one in the request line', async () => {
    const { client } = await enteredScene();
    const rest = `Cookie: ${client.cookie}\r\nConnection: close\r\n\r\n`;
    const own = `Host: 127.0.0.1:${client.port}\r\n`;
    expect(await client.raw(`GET / HTTP/1.1\r\n${rest}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await client.raw(`GET / HTTP/1.1\r\n${own}Host: evil.example\r\n${rest}`)).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(await client.raw(`GET http://evil.example/ HTTP/1.1\r\n${own}${rest}`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await client.raw(`GET / HTTP/1.1\r\n${own}${rest}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.example',
    '',
  ])('is refused with the origin %j, and without one where something would change', async (name) => {
    const { client, desk } = await enteredScene();
    const Origin = name.replace('PORT', String(client.port));
    expect((await client.post('/api/request', json, change, { Origin })).status).toBe(403);
    expect((await client.send('/api/view', { headers: { Cookie: client.cookie, Origin } })).status).toBe(403);
    const bare = { Cookie: client.cookie, 'Content-Type': json };
    expect((await client.send('/api/request', { method: 'POST', headers: bare, body: change })).status).toBe(403);
    expect(desk.asked).toEqual([]);
  });

  it.each(['cross-site', 'same-site', 'anything'])('is refused when the browser calls it %s', async (site) => {
    const { client, desk } = await enteredScene();
    const headers = { Cookie: client.cookie, 'Sec-Fetch-Site': site };
    for (const path of ['/', '/assets/page.js', '/api/view', '/api/certificate/card/45.pem']) {
      expect((await client.send(path, { headers })).status).toBe(403);
    }
    expect((await client.post('/api/request', json, change, { 'Sec-Fetch-Site': site })).status).toBe(403);
    expect((await client.post('/api/request', json, change, { 'Sec-Fetch-Site': 'none' })).status).toBe(403);
    expect(desk.asked).toEqual([]);
  });

  it('gets no event stream from another origin, and no WebSocket from any', async () => {
    const { client } = await enteredScene();
    const foreign = { Cookie: client.cookie, Origin: 'https://evil.example', Accept: 'text/event-stream' };
    expect((await client.send('/api/view', { headers: foreign })).status).toBe(403);
    for (const origin of ['https://evil.example', client.origin]) {
      const answer = await client.raw(
        `GET /api/view HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${client.cookie}\r\nOrigin: ${origin}\r\n` +
          'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(await client.raw('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403 /,
    );
  });

  it('cannot post a form, whatever kind of form', async () => {
    const { client, desk } = await enteredScene();
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json, text/plain',
      '',
    ]) {
      const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
      expect((await client.post('/api/request', type, change, foreign)).status).toBe(403);
      expect((await client.post('/api/request', type, change)).status).toBe(415);
    }
    expect(desk.asked).toEqual([]);
  });

  it('gets no leave to ask: a preflight is refused', async () => {
    const { client } = await enteredScene();
    const { status, headers } = await client.send('/api/request', {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(status).toBe(403);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('cannot frame, keep, sniff or mix in any answer, refused or not', async () => {
    const { client } = await enteredScene();
    const socket = await client.socket();
    socket.end('nonsense\r\n\r\n');
    const broken = await untilEnd(socket);
    const replies = [
      await client.get('/'),
      await client.get('/assets/page.js'),
      await client.get('/api/certificate/card/45.pem'),
      await client.get('/nothing'),
      await client.send('/'),
      await client.send('/', { headers: { Host: 'evil.example' } }),
      await client.post('/api/request', json, change),
    ];
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    expect(broken).toMatch(/^HTTP\/1\.1 400 /);
    expect(broken).toContain("frame-ancestors 'none'");
  });
});

describe('a path', () => {
  it.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/%252e%252e%252fsecret.html',
    '/..%2fsecret.html',
    '/..\\secret.html',
    '/..%5csecret.html',
    '/assets/..%c0%af..%c0%afsecret.html',
    '/secret.html%00.js',
    '//secret.html',
    '/./assets/page.js',
    '/assets//page.js',
    '/index.html',
    '/ASSETS/page.js',
    '/assets/page.js?x',
    '/assets',
    '/__proto__',
    '/etc/passwd',
    '/api/certificate/../request',
  ])('%s leads to nothing', async (path) => {
    const { client } = await enteredScene();
    const { status, body } = await client.get(path);
    expect([status, body]).toEqual([404, 'There is nothing at this address.\n']);
  });

  it.each(['\0', '/\0', '/assets/\0page.js', '/\xff', '/ /x', '*', '../secret.html'])(
    'of raw bytes %j leads to nothing',
    async (path) => {
      const { client } = await enteredScene();
      const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\nCookie: ${client.cookie}\r\nConnection: close\r\n\r\n`;
      expect(await client.raw(head)).toMatch(/^HTTP\/1\.1 40[04] /);
    },
  );

  it('that exists takes only the method it is made for', async () => {
    const { client } = await enteredScene();
    for (const method of ['POST', 'PUT', 'DELETE', 'TRACE', 'PATCH']) {
      const headers = { Cookie: client.cookie, Origin: client.origin };
      expect((await client.send('/', { method, headers })).status).toBe(405);
    }
    expect((await client.get('/api/request')).status).toBe(405);
  });
});
