import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemandingServer, demandingServer } from './demanding-server.js';
import { FirefoxDesk } from './firefox-desk.js';
import { cancelOn, readOn, typeOn } from './pin-screen.js';
import { tokenDialog, visit } from './visit.js';

const holder = 'ESIMERKKI ELLI AINO 99900001N';

let own: FirefoxDesk;
let servers: Readonly<Record<'1.2' | '1.3', DemandingServer>>;

beforeAll(async () => {
  servers = { '1.2': await demandingServer('TLSv1.2'), '1.3': await demandingServer('TLSv1.3') };
  own = await FirefoxDesk.open('fineid-v3', Object.values(servers));
});
afterAll(async () => {
  await own.close();
  for (const server of Object.values(servers)) server.close();
});

// Firefox looks for tokens only now and then: who comes right after the card is turned away once more, unasked.
const insist = async (url: string): Promise<string> => await visit(own.firefox, url).catch(() => insist(url));

describe.each([
  ['rsa', 'fineid-v3', '1.2', '1.3'],
  ['ec', 'fineid-v4', '1.3', '1.2'],
] as const)('Firefox with a key of %s', (kind, card, first, second) => {
  const triesLeft = (): number => own.desk.card(0).triesLeft(0x11);

  beforeAll(async () => {
    if (kind === 'ec') await own.desk.pull(0);
    await own.start();
    // The second card is put in while Firefox and Sigill run.
    if (kind === 'ec') await own.desk.put(0, card);
  });

  it('lets its person in with the card: they type PIN1 on Sigill’s page, first a wrong one, and see the tries that are left', async () => {
    const { screen } = own;
    const opening = screen.next();
    const arrived = insist(servers[first].url);
    const page = await opening;
    expect(await readOn(page)).toMatch(/Who asks firefox-esr .*5 of 5 tries left/);
    await tokenDialog(own.firefox);
    const again = screen.next();
    await typeOn(page, '9876');
    const secondPage = await again;
    expect(triesLeft()).toBe(4);
    expect(await readOn(secondPage)).toContain('4 of 5 tries left');
    await tokenDialog(own.firefox);
    await typeOn(secondPage, '1234');
    expect(await arrived).toBe(holder);
    expect(servers[first].guests.at(-1)).toBe(`TLSv${first} ${kind} ${holder}`);
    expect(triesLeft()).toBe(5);
  });

  it('needs no PIN for the next server, over the other version of TLS', async () => {
    expect(await visit(own.firefox, servers[second].url)).toBe(holder);
    expect(servers[second].guests.at(-1)).toBe(`TLSv${second} ${kind} ${holder}`);
  });

  // Over TLS 1.2 Firefox tries once more by itself, and so the person is asked once more.
  it('does not let in a person who cancels on the page, and no try is spent', async () => {
    const firefox = await own.start();
    const before = servers['1.3'].guests.length;
    const opening = own.screen.next();
    const refused = expect(visit(firefox, servers['1.3'].url)).rejects.toThrow('does not get to');
    const page = await opening;
    await tokenDialog(firefox);
    await cancelOn(page);
    await refused;
    expect([servers['1.3'].guests.length, triesLeft()]).toEqual([before, 5]);
  });
});
