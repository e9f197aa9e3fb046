import { describe, expect, it } from 'vitest';
import { OneTimeTokens } from '../../host/window/one-time-tokens.js';
import { OriginClient } from './origin-client.js';
import { enteredScene, windowScene } from './window-scene.js';

describe('the way into the window', () => {
  it('is a token that becomes a strict cookie of a port of its own', async () => {
    const { client } = await windowScene();
    const { status, headers } = await client.enter({ 'Sec-Fetch-Site': 'none' });
    expect([status, headers.location]).toEqual([303, '/']);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^sigill-\d+=[\w-]{43}; SameSite=Strict; HttpOnly; Path=\/$/),
    ]);
    expect((await client.get('/')).body).toContain('<title>Sigill</title>');
  });

  it('leads on by itself where another page or a file led to it, because a strict cookie stays away from such a redirect', async () => {
    const { client } = await windowScene();
    const reply = await client.enter({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' });
    expect([reply.status, reply.body]).toEqual([200, expect.stringContaining('content="0;url=/"')]);
    expect((await client.get('/')).status).toBe(200);
  });

  it('is closed without a token or cookie, for every address', async () => {
    const { client, desk } = await windowScene();
    const paths = [
      '/',
      '/assets/page.js',
      '/api/view',
      '/api/certificate/card/45.pem',
      '/nothing',
      '/?token=',
      `/?token=${'x'.repeat(43)}`,
    ];
    for (const path of paths) expect([path, (await client.send(path)).status]).toEqual([path, 401]);
    const cookie = `sigill-${client.port}=${'x'.repeat(43)}`;
    for (const path of paths.slice(0, 4)) {
      expect((await client.send(path, { headers: { Cookie: cookie } })).status).toBe(401);
    }
    expect((await client.post('/api/request', 'application/json', '{"kind":"language","language":"fi"}')).status).toBe(
      401,
    );
    expect(desk.asked).toEqual([]);
  });

  it('opens once for each token', async () => {
    const { client, server } = await windowScene();
    expect((await client.enter()).status).toBe(303);
    expect((await client.enter()).status).toBe(401);
    const next = new OriginClient(server.address());
    const both = await Promise.all([next.enter(), next.enter()]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 401]);
  });

  it('is open to who was let in and comes with the same address again, as by a second press on a button', async () => {
    const { client } = await windowScene();
    expect((await client.enter()).status).toBe(303);
    const again = await client.get(`/?token=${client.token}`);
    expect([again.status, again.headers['set-cookie']]).toEqual([303, undefined]);
    expect((await client.get('/')).status).toBe(200);
  });

  it('is not opened by a token that a foreign page or another method brings, nor used up by it', async () => {
    const { client } = await windowScene();
    const path = `/?token=${client.token}`;
    expect((await client.send(path, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    const subresource = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
    expect((await client.send(path, { headers: subresource })).status).toBe(403);
    expect((await client.send(path, { method: 'POST', headers: { Origin: client.origin } })).status).toBe(405);
    expect((await client.enter()).status).toBe(303);
  });

  it('is not open to another user of the computer who has seen the token, nor used up by one', async () => {
    const { client } = await windowScene({ user: (process.getuid?.() ?? 0) + 1 });
    expect((await client.enter()).status).toBe(403);
  });

  it('says to a person with an old address what to do', async () => {
    const { client } = await windowScene();
    expect((await client.send('/')).body).toMatch(/^This address has been used already, or is too old\. Open Sigill/);
  });

  it('keeps as many sessions as are needed and no more: the oldest is let in anew', async () => {
    const { client, server } = await enteredScene();
    for (let at = 0; at < 16; at += 1) await new OriginClient(server.address()).enter();
    expect((await client.get('/')).status).toBe(401);
  });
});

describe('a launch token', () => {
  it('is 256 bits, good once and for its time', () => {
    let now = 0;
    const tokens = new OneTimeTokens(() => now);
    const [early, late, unused] = [tokens.issue(120_000), tokens.issue(120_000), tokens.issue(120_000)];
    expect(Buffer.from(early, 'base64url')).toHaveLength(32);
    expect(new Set([early, late, unused]).size).toBe(3);
    now = 119_999;
    expect([tokens.redeem(early), tokens.redeem(early), tokens.redeem('')]).toEqual([true, false, false]);
    now = 120_000;
    expect([tokens.redeem(late), tokens.redeem(late)]).toEqual([false, false]);
  });
});
