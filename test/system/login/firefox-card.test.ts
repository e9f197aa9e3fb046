import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DemandingServer, demandingServer } from './demanding-server.js';
import { FirefoxDesk } from './firefox-desk.js';
import { tokenDialog, visit } from './visit.js';

const holder = 'ESIMERKKI ELLI AINO 99900001N';

let desk: FirefoxDesk;
let servers: Readonly<Record<'1.2' | '1.3', DemandingServer>>;

beforeAll(async () => {
  servers = { '1.2': await demandingServer('TLSv1.2'), '1.3': await demandingServer('TLSv1.3') };
  desk = await FirefoxDesk.open(['fineid-v4'], Object.values(servers));
});
beforeEach(() => desk.stage.person.reset());
afterAll(async () => {
  await desk.close();
  for (const server of Object.values(servers)) server.close();
});

it('Firefox that was set up lets its person in with the card, over TLS 1.3: Sigill asks for PIN1, Firefox for nothing', async () => {
  const firefox = await desk.start();
  expect(await visit(firefox, servers['1.3'].url)).toBe(holder);
  expect(servers['1.3'].guests).toEqual([`TLSv1.3 ${holder}`]);
  expect(desk.stage.person.forms).toMatchObject([
    { operation: 'login', requester: 'firefox-esr', atStake: { pin: 'PIN1' } },
  ]);
});

it('the next page, over TLS 1.2, needs no PIN: Firefox is still logged in', async () => {
  expect(await visit(desk.firefox, servers['1.2'].url)).toBe(holder);
  expect(servers['1.2'].guests).toEqual([`TLSv1.2 ${holder}`]);
  expect(desk.stage.person.forms).toEqual([]);
});

it('a person who cancels is asked once, is not let in, and the card has lost no try', async () => {
  await desk.firefox.quit();
  const firefox = await desk.start();
  const before = servers['1.3'].guests.length;
  delete desk.stage.person.knows.PIN1;
  await expect(visit(firefox, servers['1.3'].url)).rejects.toThrow('does not get to');
  desk.stage.person.knows.PIN1 = '1234';
  expect(desk.stage.person.forms).toHaveLength(1);
  expect(servers['1.3'].guests).toHaveLength(before);
  expect(desk.stage.cards[0]?.pins.get(0x11)?.triesLeft).toBe(5);
});

it('a card that is put in after Firefox and Sigill were started lets its person in', async () => {
  const { stage } = desk;
  await desk.firefox.quit();
  stage.readers.remove(stage.reader(0));
  const firefox = await desk.start();
  await expect(visit(firefox, servers['1.3'].url)).rejects.toThrow('does not get to');
  expect(stage.person.forms).toEqual([]);
  stage.readers.insert(stage.reader(0), stage.cards[0]!);
  stage.person.thinks = () => tokenDialog(firefox);
  // NSS looks for tokens only now and then: who comes right after the card is turned away once more, unasked.
  const again = async (): Promise<string> => await visit(firefox, servers['1.2'].url).catch(again);
  expect(await again()).toBe(holder);
  expect(stage.person.forms).toHaveLength(1);
});
