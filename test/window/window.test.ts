import { describe, expect, it } from 'vitest';
import { enteredScene } from './window-scene.js';

const json = 'application/json';

describe('what the page asks for', () => {
  it('reaches the desk, in each of its kinds', async () => {
    const { client, desk } = await enteredScene();
    const asked = [
      { kind: 'run', command: 'pin.change', args: { card: 'c', pin: 'PIN1' } },
      { kind: 'cancel', activity: '1' },
      { kind: 'dismiss', activity: '1' },
      { kind: 'language', language: 'fi' },
      { kind: 'setting', owner: 'host', key: 'autostart', value: true },
      { kind: 'open-panel', panel: 'p' },
      { kind: 'submit', panel: 'p', form: 'f', values: { a: 1, b: 'x', c: false } },
    ];
    for (const each of asked) expect((await client.post('/api/request', json, JSON.stringify(each))).status).toBe(204);
    expect(desk.asked).toEqual(asked);
  });

  it.each([
    ['', 'JSON'],
    ['{', 'JSON'],
    ['[]', 'shape'],
    ['null', 'shape'],
    ['{}', 'kind'],
    ['{"kind":"toString"}', 'kind'],
    ['{"kind":"__proto__"}', 'kind'],
    ['{"kind":"cancel"}', 'activity'],
    ['{"kind":"cancel","activity":1}', 'activity'],
    ['{"kind":"cancel","activity":"1","more":1}', 'shape'],
    ['{"kind":"run","command":"x","args":[]}', 'args'],
    ['{"kind":"run","command":"x","args":{"a":1}}', 'args'],
    ['{"kind":"run","command":"x","args":{"__proto__":"y"}}', 'args'],
    ['{"kind":"run","command":"x","args":{"a":{"b":"c"}}}', 'args'],
    ['{"kind":"setting","owner":"h","key":"k","value":null}', 'value'],
    ['{"kind":"setting","owner":"h","key":"k","value":1e999}', 'value'],
    [`{"kind":"cancel","activity":"${'x'.repeat(9000)}"}`, 'activity'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'shape'],
    [
      `{"kind":"submit","panel":"p","form":"f","values":${JSON.stringify(Object.fromEntries(Array.from({ length: 451 }, (_, at) => [`k${at}`, 1])))}}`,
      'values',
    ],
  ])('is refused when it is %.60s', async (body, why) => {
    const { client, desk } = await enteredScene();
    const reply = await client.post('/api/request', json, body);
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      400,
      { code: 'call-invalid', facts: { call: 'request', why }, message: expect.stringMatching(/Nothing was done\.$/) },
    ]);
    expect(desk.asked).toEqual([]);
  });

  it('is refused as text that is not UTF-8', async () => {
    const { client } = await enteredScene();
    expect((await client.post('/api/request', json, Uint8Array.of(0x22, 0xff, 0x22))).status).toBe(400);
  });

  it('comes back as a failure with its sentence when the desk cannot', async () => {
    const { client } = await enteredScene();
    const reply = await client.post('/api/request', json, '{"kind":"details","card":"c"}');
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      409,
      {
        code: 'card-removed',
        facts: { reader: 'Fake reader' },
        message: expect.stringMatching(/^The card was taken out of “Fake reader”/),
      },
    ]);
  });
});

describe('the view', () => {
  it('is shown at once, and at each change', async () => {
    const { client, desk } = await enteredScene();
    const stream = await client.stream('/api/view', { Origin: client.origin, 'Sec-Fetch-Site': 'same-origin' });
    expect(stream.status).toBe(200);
    expect(JSON.parse((await stream.next()).replace('message ', ''))).toMatchObject({ language: 'en' });
    desk.tell('one\ntwo');
    expect(await stream.next()).toContain('"value":"one\\ntwo"');
  });

  it('comes to a page that is slow as it is now, not as it was', async () => {
    const { client, desk } = await enteredScene();
    const stream = await client.stream('/api/view');
    await stream.next();
    for (let at = 0; at < 500; at += 1) desk.tell(`${at}`.repeat(20));
    desk.tell('the last');
    const seen: string[] = [];
    while (!seen.at(-1)?.includes('the last')) seen.push(await stream.next());
    expect(seen.length).toBeLessThan(50);
  });

  it('is shown in so many windows and no more', async () => {
    const { client } = await enteredScene();
    const streams = [];
    for (let at = 0; at < 6; at += 1) streams.push(await client.stream('/api/view'));
    expect((await client.get('/api/view')).status).toBe(429);
    streams[0]?.close();
    await expect.poll(async () => (await client.stream('/api/view')).status).toBe(200);
  });

  it('ends with the host', async () => {
    const { client, server } = await enteredScene();
    const stream = await client.stream('/api/view');
    await stream.next();
    server.dispose();
    await stream.ended;
    expect((await client.get('/')).status).toBe(0);
  });
});

describe('a certificate', () => {
  it('is downloaded as PEM or DER, under the name that the desk gives', async () => {
    const { client, desk } = await enteredScene();
    const pem = await client.get('/api/certificate/card%201/45.pem');
    expect(pem.body).toMatch(/^-----BEGIN CERTIFICATE-----\nAAECAwQF[\s\S]*\n-----END CERTIFICATE-----\n$/);
    expect(pem.headers).toMatchObject({
      'content-type': 'application/x-pem-file',
      'content-disposition': `attachment; filename="Anna Virtanen.pem"; filename*=UTF-8''Anna%20Virtanen.pem`,
    });
    const der = await client.get('/api/certificate/card/45.der');
    expect([der.headers['content-type'], der.headers['content-length']]).toEqual(['application/pkix-cert', '100']);
    expect(desk.certificates).toEqual([
      ['card 1', '45'],
      ['card', '45'],
    ]);
  });

  it.each([
    ['../../.bashrc', '_.._.bashrc.pem'],
    ['a"\r\nSet-Cookie: x=1', 'a___Set-Cookie_ x=1.pem'],
    ['Ä\u202e\ud800', '___.pem'],
    ['', '.pem'],
  ])('with the name %j neither leaves the folder nor the header field', async (name, file) => {
    const { client, desk } = await enteredScene();
    desk.name = name;
    const { headers } = await client.get('/api/certificate/card/45.pem');
    expect(headers['content-disposition']).toContain(`filename="${file === '.pem' ? 'pem' : file}"`);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('that the card does not have is a failure with its sentence', async () => {
    const { client } = await enteredScene();
    const { status, body } = await client.get('/api/certificate/card/99.pem');
    expect([status, JSON.parse(body)]).toEqual([409, expect.objectContaining({ code: 'certificate-unknown' })]);
    expect((await client.get('/api/certificate/%ff/45.pem')).status).toBe(404);
  });
});
