import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChromiumDesk, chromiumDesk } from './chromium-desk.js';
import { type DemandingServer, demandingServer } from './demanding-server.js';

const holder = 'ESIMERKKI ELLI AINO 99900001N';

let desk: ChromiumDesk;
let servers: Readonly<Record<'1.2' | '1.3', DemandingServer>>;

beforeAll(async () => {
  servers = { '1.2': await demandingServer('TLSv1.2'), '1.3': await demandingServer('TLSv1.3') };
  desk = await chromiumDesk(['fineid-v4']);
});
afterAll(async () => {
  await desk.close();
  for (const server of Object.values(servers)) server.close();
});

// Chromium has a PIN dialog of its own, also for tokens that ask for the PIN themselves. NSS throws away what is typed there, but an
// empty field is taken as *cancel*. Headless Chromium cannot show it, so this one has a screen.
it('Chromium lets its person in with the card over TLS 1.3: what is typed in its own dialog is not the PIN, Sigill asks for that', async () => {
  const { page, stage } = desk;
  const arrived = page.goto(servers['1.3'].url);
  await desk.typeInto('Unlock Security Device', 'x', 'Return');
  await arrived;
  expect(await page.title()).toBe(holder);
  expect(servers['1.3'].guests).toEqual([`TLSv1.3 ${holder}`]);
  expect(stage.person.forms).toMatchObject([{ operation: 'login', requester: 'chromium', atStake: { pin: 'PIN1' } }]);
  expect(stage.cards[0]?.pins.get(0x11)?.triesLeft).toBe(5);
});

it('the next page, over TLS 1.2, needs no PIN: Chromium is still logged in', async () => {
  await desk.page.goto(servers['1.2'].url);
  expect(servers['1.2'].guests).toEqual([`TLSv1.2 ${holder}`]);
  expect(desk.stage.person.forms).toHaveLength(1);
});
