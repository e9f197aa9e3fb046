import { createHash, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { RunningHost } from './running-host.js';
import { type CardsDocument, ended, shown } from './sigill.js';

let host: RunningHost;
afterEach(() => host.close());

const reader = async (): Promise<CardsDocument['readers'][number] | undefined> =>
  (await host.home.json<CardsDocument>(['cards'])).readers[0];

describe('a command uses the host that runs', () => {
  it('its cards, details, certificates and plugins are those of the host, and none of its own', async () => {
    host = await RunningHost.start('fineid-v4');
    const { readers } = await host.home.json<CardsDocument>(['cards', '--all']);
    const own = await host.home.json<CardsDocument>(['--simulate', 'fineid-v3', 'cards', '--all']);
    expect(readers.map(({ state, card }) => [state, card?.profile])).toEqual([['ready', 'fineid-citizen']]);
    expect(Object.keys(readers[0]?.card ?? {}).sort()).toEqual(Object.keys(own.readers[0]?.card ?? {}).sort());
    const { output } = await host.home.sigill(['cert', 'export', '45']);
    const sha256 = createHash('sha256').update(new X509Certificate(output).raw).digest('hex');
    expect(readers[0]?.card?.certificates.find(({ id }) => id === '45')?.sha256).toBe(sha256);
    const plugins = await host.home.json<{ plugins: readonly { name: string; state: string }[] }>(['plugins']);
    expect(plugins.plugins.map(({ name }) => name)).toContain('@sigill-plugin/pin');
    expect((await host.home.sigill(['cards', '--reader', 'Cherry'])).code).toBe(3);
    expect((await host.home.sigill(['cert', 'export', '99'])).code).toBe(2);
  });

  it('a watch tells what happens in the host, until Ctrl-C', async () => {
    host = await RunningHost.start('fineid-v4');
    const child = host.home.start(['cards', '--watch', '--json']);
    const end = ended(child);
    await shown(child.stdout, /"ready"/);
    const left = shown(child.stdout, /"empty"/);
    await host.home.sigill(['simulate', '--remove']);
    await left;
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 0, errors: '' });
  });

  it('a wrong code, a right one, a change, an unlocking, a test of a key: as without it', async () => {
    host = await RunningHost.start('fineid-v4');
    const wrong = await host.pin('verify', 'PIN1', '9999');
    expect([wrong.code, wrong.output, JSON.parse(wrong.errors)]).toMatchObject([4, '', { code: 'pin-wrong' }]);
    expect((await host.pin('verify', 'PIN1', '9999')).code).toBe(6);
    expect(await host.tries()).toBe('PIN1 4, PIN2 5, PUK 5');
    const right = await host.pin('verify', 'PIN1', '1234');
    expect([right.code, JSON.parse(right.output)]).toMatchObject([0, { pin: 'PIN1', state: 'ok', triesLeft: 5 }]);
    expect((await host.pin('change', 'PIN1', '1234', '2580', '2581')).code).toBe(2);
    expect((await host.pin('change', 'PIN1', '1234', '2580', '2580')).code).toBe(0);
    expect((await host.pin('verify', 'PIN1', '2580')).code).toBe(0);
    expect((await host.pin('unlock', 'PIN2', '12345678', '714714', '714714')).code).toBe(0);
    const test = ['--pin-stdin', '--json', 'key', 'test', '46'];
    const key = await host.home.json(test, { input: ['714714'] });
    expect(key).toMatchObject({ key: '46', verified: true });
    expect((await host.home.sigill(test, { input: ['111111'] })).code).toBe(4);
    expect((await host.home.sigill(['pin', 'verify', 'PIN1'])).code).toBe(2);
  });

  it('a card is activated, also after a try that lacked a code', async () => {
    host = await RunningHost.start('fineid-v4:new-a');
    const activate = (...input: readonly string[]) => host.home.sigill(['--pin-stdin', 'activate'], { input });
    expect((await activate('12345678', '2580', '2580')).code).toBe(2);
    expect((await reader())?.state).toBe('not-activated');
    expect((await activate('12345678', '2580', '2580', '147258', '147258')).code).toBe(0);
    expect((await reader())?.state).toBe('ready');
    expect(await host.tries()).toBe('PIN1 5, PIN2 5, PUK 5');
  });

  it('two commands at once are asked each for itself, and one try is one try', async () => {
    host = await RunningHost.start('fineid-v4');
    const both = await Promise.all([host.pin('verify', 'PIN1', '9991'), host.pin('verify', 'PIN2', '999999')]);
    expect(both.map(({ code }) => code)).toEqual([4, 4]);
    expect(await host.tries()).toBe('PIN1 4, PIN2 4, PUK 5');
    const same = await Promise.all(['9992', '9993'].map((digits) => host.pin('verify', 'PIN1', digits)));
    // The second is refused when the first has taken a try that it was not shown.
    for (const { code } of same) expect([4, 6]).toContain(code);
    const spent = same.filter(({ code }) => code === 4).length;
    expect(await host.tries()).toBe(`PIN1 ${4 - spent}, PIN2 4, PUK 5`);
  });

  it('the same simulated cards are those of the host, which stays', async () => {
    host = await RunningHost.start('fineid-v4', 'myeid');
    const both = ['--simulate', 'fineid-v4', '--simulate', 'myeid'];
    const { readers } = await host.home.json<CardsDocument>([...both, 'cards']);
    expect(readers.map(({ card }) => card?.profile)).toEqual(['fineid-citizen', 'myeid']);
    expect((await host.home.sigill([...both, 'mail', 'plan'])).code).toBe(0);
  });

  it('cards of its own, other folders or a trace keep a command by itself', async () => {
    host = await RunningHost.start('fineid-v4');
    const { readers } = await host.home.json<CardsDocument>(['--simulate', 'myeid', 'cards']);
    expect(readers[0]?.card?.profile).toBe('myeid');
    const environment = { SIGILL_PLUGINS: host.home.folder, PCSCLITE_CSOCK_NAME: '/nowhere' };
    expect((await host.home.sigill(['cards', '--json'], { environment })).output).not.toContain('fineid');
    const traced = await host.home.sigill(['trace', 'cards'], { environment: { PCSCLITE_CSOCK_NAME: '/nowhere' } });
    expect(traced.output).not.toContain('Simulated');
  });
});
