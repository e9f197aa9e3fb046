import { once } from 'node:events';
import { filter, firstValueFrom } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { uploadSize } from '../../host/window/limits.js';
import { held } from './fake-desk.js';
import { enteredScene, type WindowScene } from './window-scene.js';

const type = 'application/octet-stream';
const path = '/api/document/pdf-sign.documents/offer.pdf';

let scene: WindowScene;
beforeEach(async () => {
  scene = await enteredScene();
});

/** The head of an upload as the own page sends it, for a body that the test sends by hand. */
const head = (length: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${scene.client.port}\r\nCookie: ${scene.client.cookie}\r\n` +
  `Origin: ${scene.client.origin}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

describe('a dropped document', () => {
  it('arrives whole, beyond the size of every other request, at the panel that it is for', async () => {
    const { status } = await scene.client.post(path, type, Buffer.alloc(3_000_000, 1));
    expect([status, scene.desk.arrived]).toEqual([204, [['pdf-sign.documents', 'offer.pdf', 3_000_000]]]);
  });

  it.each([
    ['without a cookie', { Cookie: '' }, 401],
    ['from another origin', { Origin: 'http://evil.example' }, 403],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['to another name of this computer', { Host: 'localhost' }, 403],
    ['as what a foreign form could send', { 'Content-Type': 'text/plain' }, 415],
  ])('is not taken %s', async (_how, headers, status) => {
    expect((await scene.client.post(path, type, 'x', headers)).status).toBe(status);
    expect(scene.desk.arrived).toEqual([]);
  });

  it('that says it is larger than a gigabyte is refused before a byte of it is read, in words', async () => {
    const answer = await scene.client.raw(head(uploadSize + 1));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('larger than 1 GB');
    expect(scene.desk.coming.value).toBe(0);
  });

  it.each(['%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5C..%5Cevil.pdf', '.hidden.pdf'])(
    'may be called %s: the name goes on as it is, and the store makes it a name',
    async (name) => {
      const { status } = await scene.client.post(`/api/document/a.documents/${name}`, type, 'x');
      expect([status, scene.desk.arrived[0]?.[1]]).toEqual([204, decodeURIComponent(name)]);
    },
  );

  it.each([
    '/api/document/a.documents/../x',
    '/api/document/a%2fb/x',
    '/api/document/a.documents/a/b',
    '/api/document/a.documents/%ff',
  ])('has no other address: %s', async (address) => {
    expect((await scene.client.post(address, type, 'x')).status).toBe(404);
    expect(scene.desk.arrived).toEqual([]);
  });

  it('comes alone: a second one is asked to wait, and may come when the first is there', async () => {
    const first = await scene.client.socket();
    const half = firstValueFrom(scene.desk.coming.pipe(filter((size) => size === 5)));
    first.write(`${head(10)}12345`);
    await half;
    const second = await scene.client.post(path, type, 'x');
    expect([second.status, second.body]).toEqual([429, expect.stringContaining('Wait until it is here')]);
    const answered = once(first, 'data');
    first.write('67890');
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 204 /);
    first.destroy();
    expect((await scene.client.post(path, type, 'x')).status).toBe(204);
    expect(scene.desk.arrived.map(([, , size]) => size)).toEqual([10, 1]);
  });

  it('that is broken off leaves nothing, and keeps nobody out', async () => {
    const first = await scene.client.socket();
    const half = firstValueFrom(scene.desk.coming.pipe(filter((size) => size === 5)));
    first.write(`${head(10)}12345`);
    await half;
    first.destroy();
    await expect.poll(async () => (await scene.client.post(path, type, 'x')).status).toBe(204);
    expect(scene.desk.arrived.map(([, , size]) => size)).toEqual([1]);
  });

  it('that the store does not take is told in words', async () => {
    const broken = await enteredScene();
    Object.assign(broken.desk.documents, {
      receive: async (_panel: string, _name: string, body: import('node:stream').Readable) => {
        body.destroy();
        throw Object.assign(new Error('x'), {});
      },
    });
    const { status, body } = await broken.client.post(path, type, Buffer.alloc(200_000));
    expect([status, typeof (JSON.parse(body) as { message: unknown }).message]).toEqual([409, 'string']);
  });
});

describe('a piece of a given document', () => {
  const piece = (id: string, range?: string) =>
    scene.client.send(`/api/document/${id}`, {
      headers: { Cookie: scene.client.cookie, ...(range === undefined ? {} : { Range: range }) },
    });

  it('is what was asked for, with its place in the whole', async () => {
    const { status, headers, body } = await piece('known', 'bytes=100-109');
    expect([status, headers['content-range'], headers['content-length']]).toEqual([206, 'bytes 100-109/1000', '10']);
    expect(body).toBe(Buffer.from(held.subarray(100, 110)).toString());
  });

  it('at the end of it is as long as there is something', async () => {
    expect((await piece('known', 'bytes=990-2000')).headers['content-range']).toBe('bytes 990-999/1000');
  });

  it.each([undefined, 'bytes=0-', 'bytes=5-4', 'bytes=0-9999999', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=2000-2001'])(
    'is not given for the range %s',
    async (range) => {
      expect((await piece('known', range)).status).toBe(416);
    },
  );

  it('is not given without a cookie, nor of a document that nobody gave', async () => {
    const { status } = await scene.client.send('/api/document/known', { headers: { Range: 'bytes=0-1' } });
    expect([status, (await piece('other', 'bytes=0-1')).status]).toEqual([401, 409]);
  });
});

it('the journal is shown and given as a file to the window alone', async () => {
  expect(JSON.parse((await scene.client.get('/api/journal')).body)).toMatchObject({ sound: true });
  const { headers, body } = await scene.client.get('/api/journal.jsonl');
  expect([body, headers['content-disposition']]).toEqual(['{"number":1}\n', expect.stringContaining('attachment')]);
  for (const path of ['/api/journal', '/api/journal.jsonl', '/api/journalXjsonl'])
    expect((await scene.client.send(path)).status).toBe(401);
});
