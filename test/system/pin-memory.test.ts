import { randomInt } from 'node:crypto';
import { createCard } from '@sigill/core/sim';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import type { PinView } from '../../host/window/view/reader-view.js';
import type { WindowView } from '../../host/window/view/window-view.js';
import { ended, Home, shown } from '../e2e/sigill.js';
import { OriginClient } from '../window/origin-client.js';
import { ascii, PinClient } from '../window/pin-client.js';
import { findInMemory } from '../window/process-memory.js';
import { type PcscDaemon, pcscDaemon, virtualReaders } from './pcscd.js';

let daemon: PcscDaemon;
let home: Home;

beforeAll(async () => {
  daemon = await pcscDaemon();
  home = new Home();
  await daemon.start();
});

afterAll(async () => {
  await daemon.dispose();
  home.remove();
});

it('a PIN that went from the PIN page through pcscd to a card is not left in the memory of the host', async () => {
  const card = createCard('fineid-org', 'normal');
  const pulled = new AbortController();
  const session = await connectToVpcd({ host: '127.0.0.1', port: daemon.ports[0], card, signal: pulled.signal });
  const host = home.start(['--lang', 'en', 'start', '--headless'], daemon.env);
  const end = ended(host);
  await shown(host.stdout, /window/);
  const { address } = await home.json<{ address: string }>(['window', '--print']);
  const window = new OriginClient(address);
  await window.enter();
  const views = await window.stream('/api/view');
  async function seen<T>(look: (view: WindowView) => T | undefined): Promise<T> {
    for (;;) {
      const found = look(JSON.parse((await views.next()).replace('message ', '')) as WindowView);
      if (found !== undefined) return found;
    }
  }

  const pin = await seen<PinView>(({ readers }) => readers.find((reader) => reader.card)?.card?.pins[0]);
  const action = pin.actions.find(({ command }) => command === 'pin.change');
  expect(action).toBeDefined();
  await window.post(
    '/api/request',
    'application/json',
    JSON.stringify({ kind: 'run', command: 'pin.change', args: action?.args }),
  );
  const page = new PinClient(await seen(({ activities }) => activities.find(({ pinPage }) => pinPage)?.pinPage));
  const digits = ascii(String(randomInt(10_000_000, 100_000_000)));
  expect((await page.answer(await page.enter(), [ascii('1234'), digits, digits])).status).toBe(200);
  expect(await seen(({ activities }) => activities.find(({ state }) => state === 'done')?.state)).toBe('done');
  expect(card.pins.get(3)?.digits).toBe(Buffer.from(digits).toString());

  const pid = host.pid ?? 0;
  // The look sees what is there.
  expect(findInMemory(pid, ascii(virtualReaders[0])).length).toBeGreaterThan(0);
  expect(findInMemory(pid, digits)).toEqual([]);
  await home.sigill(['quit']);
  await end;
  pulled.abort();
  await session.ended;
});
