import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Card, CardEvent, Log, Reader } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import type { CardName, CardState, Fault } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CardSession } from '../../host/cards/card-access.js';
import { CardService } from '../../host/cards/card-service.js';
import { type Clock, systemClock } from '../../host/cards/clock.js';
import { openPcscMini } from '../../host/cards/pcsc-mini.js';
import { openPcsclite } from '../../host/cards/pcsclite.js';
import { bundledProfiles, noCache } from '../contracts/card-world.js';
import { pcscDaemon, type PcscDaemon, virtualReaders } from './pcscd.js';

const [first, second] = virtualReaders;
const isVerified = { cla: 0, ins: 0x20, p1: 0, p2: 0x11 };
const verify = { ...isVerified, data: Uint8Array.from(Buffer.from('1234\0\0\0\0\0\0\0\0')) };

let daemon: PcscDaemon;
let pcsc: Pcsc;
let cards: CardService;
let events: CardEvent[];
const children = new Set<ChildProcess>();

beforeAll(async () => {
  daemon = await pcscDaemon();
  Object.assign(process.env, daemon.env);
});
afterAll(() => daemon.dispose());

describe.each([
  ['pcsc-mini', openPcscMini],
  ['pcsclite', openPcsclite],
])('a card service on a real pcscd, by %s', (_name, open) => {
  beforeEach(async () => {
    pcsc = await open({ busyAfter: 300 });
    cards = new CardService(pcsc, bundledProfiles, noCache, silent, { clock: impatient });
    events = [];
    cards.events.subscribe((event) => events.push(event));
  });

  afterEach(async () => {
    cards.dispose();
    await pcsc.close();
    for (const child of children) await ended(child);
    children.clear();
    await daemon.kill();
  });

  it('begins without pcscd, and reads the card as soon as there is one', async () => {
    await daemon.start();
    await insert(first, 'fineid-v4');
    const { card } = await reader(first, ({ state }) => state === 'ready');
    expect(card).toMatchObject({ profile: expect.stringContaining('fineid-citizen'), pins: [{ triesLeft: 5 }, {}] });
  });

  it('pcscd that crashes with a card in it takes the readers away; one that comes back brings them', async () => {
    const before = await ready();
    await daemon.kill();
    await firstValueFrom(cards.readers.pipe(filter((readers) => readers.length === 0)));
    await expect(cards.use(before.id, async () => undefined)).rejects.toMatchObject({ code: 'card-removed' });
    await daemon.start();
    const after = await ready({ started: true });
    expect(after.id).not.toBe(before.id);
    expect(await cards.use(after.id, async () => 'used')).toBe('used');
  });

  it('pcscd that crashes in the middle of a use fails it, and the next pcscd is used', async () => {
    const card = await ready();
    const use = cards.use(card.id, async ({ channel }) => {
      await daemon.kill();
      await channel.send(isVerified);
    });
    await expect(use).rejects.toMatchObject({ code: expect.stringMatching(/^(reader-error|card-removed)$/) });
    await daemon.start();
    await ready({ started: true });
  });

  it('what is left of a pcscd that crashed does no harm when it is collected as garbage', async () => {
    await ready();
    await daemon.kill();
    await firstValueFrom(cards.readers.pipe(filter((readers) => readers.length === 0)));
    await daemon.start();
    await ready({ started: true });
    const trouble: unknown[] = [];
    const caught = (error: unknown): void => void trouble.push(error);
    process.on('uncaughtException', caught);
    for (let round = 0; round < 5; round++) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    process.off('uncaughtException', caught);
    expect(trouble).toEqual([]);
  });

  it('pcscd that comes back without its readers leaves none', async () => {
    await ready();
    await daemon.stop();
    await daemon.start({ readers: false });
    await firstValueFrom(pcsc.service.pipe(filter(({ available }) => available)));
    await firstValueFrom(cards.readers.pipe(filter((readers) => readers.length === 0)));
    expect(events.map(({ kind }) => kind)).toContain('reader-left');
  });

  it('a card pulled out in the middle of reading leaves an empty reader, and the next one is read', async () => {
    await daemon.start();
    const child = await insert(first, 'fineid-v4', 'normal', { at: 5, kind: 'removed-before' });
    await once(child, 'exit');
    await reader(first, ({ state }) => state === 'empty');
    await insert(first, 'fineid-v4');
    await reader(first, ({ state }) => state === 'ready');
  });

  it('a card pulled out in the middle of a PIN command fails the use, and nobody tries again', async () => {
    const card = await ready();
    const child = [...children][0]!;
    await tell(child, { fault: { at: 1, ins: 0x20, kind: 'executed-reply-lost' } });
    let runs = 0;
    const use = cards.use(card.id, async (session) => {
      runs++;
      session.presenting();
      await session.channel.send(verify);
    });
    await expect(use).rejects.toMatchObject({ code: 'card-removed' });
    await reader(first, ({ state }) => state === 'empty');
    expect(runs).toBe(1);
  });

  it('another program finds nothing verified after a use, and its reset disturbs nobody', async () => {
    const card = await ready();
    const accept = async (session: CardSession): Promise<number> => {
      session.presenting();
      return (await session.channel.send(verify)).status;
    };
    expect(await cards.use(card.id, accept)).toBe(0x9000);
    expect(await otherProgram('-s', '00:20:00:11')).toMatch(/SW1=0x63, SW2=0xC5/);
    await otherProgram('--reset');
    expect(await cards.use(card.id, accept)).toBe(0x9000);
  });

  it('another program that resets all the time while a card is read delays it and no more', async () => {
    await daemon.start();
    await insert(first, 'fineid-v4');
    const state = reader(first, ({ state: one }) => one === 'ready' || one === 'error');
    const disturbance = Promise.all([1, 2, 3].map(() => otherProgram('--reset').catch(() => 'busy')));
    await reader(first, ({ state: one }) => one === 'ready');
    await Promise.all([state, disturbance]);
  });

  it('while another program has a transaction a use is refused as busy, and works afterwards', async () => {
    const card = await ready();
    const foreign = await otherTransaction(first);
    let sent = false;
    await expect(cards.use(card.id, async () => void (sent = true))).rejects.toMatchObject({ code: 'reader-busy' });
    expect(sent).toBe(false);
    foreign.send('end');
    await once(foreign, 'exit');
    expect(await cards.use(card.id, async () => 'used')).toBe('used');
  });

  it('two cards in two readers are read and used side by side', async () => {
    await daemon.start();
    await Promise.all([insert(first, 'fineid-v4'), insert(second, 'fineid-org', 'new-a')]);
    const [one, two] = await Promise.all([
      reader(first, ({ state }) => state === 'ready'),
      reader(second, ({ state }) => state === 'not-activated'),
    ]);
    const meeting = [signal(), signal()] as const;
    // Each use waits for the other to have begun: one after the other they would never end.
    const uses = [one, two].map(({ card }, at) =>
      cards.use(card!.id, async ({ channel }) => {
        meeting[at]!.reached();
        await Promise.all(meeting.map(({ promise }) => promise));
        return (await channel.send({ cla: 0, ins: 0x20, p1: 0, p2: at === 0 ? 0x11 : 3 })).status;
      }),
    );
    expect(await Promise.all(uses)).toEqual([0x63c5, expect.any(Number)]);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Long pauses are for people; a test is not to wait for them. */
const impatient: Clock = { pause: (milliseconds, abort) => systemClock.pause(Math.min(milliseconds, 500), abort) };

async function ready({ started = false } = {}): Promise<Card> {
  if (!started) await daemon.start();
  await insert(first, 'fineid-v4');
  const { card } = await reader(first, (found) => found.state === 'ready' && found.card?.puk !== undefined);
  return card!;
}

function reader(name: string, is: (reader: Reader) => boolean): Promise<Reader> {
  const found = cards.readers.pipe(map((readers) => readers.find((one) => one.name === name)));
  return firstValueFrom(found.pipe(filter((one) => one !== undefined && is(one)))) as Promise<Reader>;
}

async function insert(
  name: (typeof virtualReaders)[number],
  kind: CardName,
  state: CardState = 'normal',
  fault?: Fault,
): Promise<ChildProcess> {
  const port = String(daemon.ports[virtualReaders.indexOf(name)]);
  const child = fork(script('simulated-card.mjs'), [port, kind, state]);
  children.add(child);
  if (fault) child.send({ fault });
  await once(child, 'spawn');
  return child;
}

async function tell(child: ChildProcess, message: object): Promise<void> {
  const answer = once(child, 'message');
  child.send(message);
  await answer;
}

async function otherProgram(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('opensc-tool', ['--reader', first, ...words], { env: process.env });
  return stdout;
}

async function otherTransaction(name: string): Promise<ChildProcess> {
  const child = fork(script('foreign-program.mjs'), [name, 'transaction'], { env: process.env });
  children.add(child);
  await once(child, 'message');
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

function signal(): { readonly promise: Promise<void>; reached(): void } {
  let reached = (): void => undefined;
  const promise = new Promise<void>((resolve) => (reached = resolve));
  return { promise, reached: () => reached() };
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
