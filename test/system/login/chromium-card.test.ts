import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChromiumDesk, chromiumDesk, type RunningChromium } from './chromium-desk.js';
import { type DemandingServer, demandingServer } from './demanding-server.js';
import { cancelOn, readOn, typeOn } from './pin-screen.js';

const holder = 'ESIMERKKI ELLI AINO 99900001N';

let own: ChromiumDesk;
let chromium: RunningChromium;
let servers: Readonly<Record<'1.2' | '1.3', DemandingServer>>;

beforeAll(async () => {
  servers = { '1.2': await demandingServer('TLSv1.2'), '1.3': await demandingServer('TLSv1.3') };
  own = await chromiumDesk('fineid-v4');
});
afterAll(async () => {
  await own.close();
  for (const server of Object.values(servers)) server.close();
});

// Chromium has a PIN dialog of its own, also for tokens that ask for the PIN themselves. NSS throws away what is typed there, but an
// empty field is taken as *cancel*. Headless Chromium cannot show it, so this one has a screen.
const passDialog = (): Promise<void> => chromium.typeInto('Unlock Security Device', 'x', 'Return');

describe.each([
  ['ec', 'fineid-v4', '1.3', '1.2'],
  ['rsa', 'fineid-v3', '1.2', '1.3'],
] as const)('Chromium with a key of %s', (kind, card, first, second) => {
  const triesLeft = (): number => own.desk.card(0).triesLeft(0x11);

  beforeAll(async () => {
    if (kind === 'rsa') {
      await own.desk.pull(0);
      await own.desk.put(0, card);
    }
    chromium = await own.start();
  });
  afterAll(() => chromium.quit());

  it('lets its person in with the card: what is typed in its own dialog is not the PIN; on Sigill’s page a wrong one first', async () => {
    const { page: tab } = chromium;
    const opening = own.screen.next();
    const arrived = tab.goto(servers[first].url);
    await passDialog();
    const page = await opening;
    expect(await readOn(page)).toMatch(/Who asks chromium .*5 of 5 tries left/);
    const again = own.screen.next();
    await typeOn(page, '9876');
    await passDialog();
    const secondPage = await again;
    expect(triesLeft()).toBe(4);
    expect(await readOn(secondPage)).toContain('4 of 5 tries left');
    await typeOn(secondPage, '1234');
    await arrived;
    expect([await tab.title(), servers[first].guests.at(-1)]).toEqual([holder, `TLSv${first} ${kind} ${holder}`]);
    expect(triesLeft()).toBe(5);
  });

  it('needs no PIN for the next server, over the other version of TLS', async () => {
    await chromium.page.goto(servers[second].url);
    expect(servers[second].guests.at(-1)).toBe(`TLSv${second} ${kind} ${holder}`);
  });

  it('does not let in a person who cancels on Sigill’s page, and no try is spent', async () => {
    await chromium.quit();
    chromium = await own.start();
    const before = servers[first].guests.length;
    const opening = own.screen.next();
    const refused = chromium.page.goto(servers[first].url).catch(String);
    await passDialog();
    await cancelOn(await opening);
    expect(await refused).toContain('net::ERR_');
    expect([servers[first].guests.length, triesLeft()]).toEqual([before, 5]);
  });
});
