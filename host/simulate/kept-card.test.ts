import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimulatedCard } from '@sigill/core/sim';
import { KeptCard } from './kept-card.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-kept-'));
  path = join(folder, 'fineid-org-new-a.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function say(card: SimulatedCard, hex: string): Promise<string> {
  card.powerOn();
  return Buffer.from(await card.transmit(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toString('hex');
}

const puk = '00200012 08 3132333435363738';
const wrongPuk = '00200012 08 3030303030303030';

it('what one command does to a card the next one finds', async () => {
  const first = await KeptCard.open(path, 'fineid-org', 'new-a');
  expect(await say(first.card, wrongPuk)).toBe('63c4');
  first.dispose();
  const second = await KeptCard.open(path, 'fineid-org', 'new-a');
  expect(await say(second.card, '00200012')).toBe('63c4');
  expect(await say(second.card, puk)).toBe('9000');
  second.dispose();
  // Power was lost in between: nothing is verified.
  const third = await KeptCard.open(path, 'fineid-org', 'new-a');
  expect(await say(third.card, '00200012')).toBe('63c5');
  third.dispose();
  await KeptCard.forget(path);
  expect(readdirSync(folder)).toEqual([]);
});

it('the try is in the file before the answer is out, for its owner’s eyes alone', async () => {
  const kept = await KeptCard.open(path, 'fineid-org', 'new-a');
  kept.card.inject({ at: 1, kind: 'executed-reply-lost' });
  await expect(say(kept.card, wrongPuk)).rejects.toThrow();
  expect(readFileSync(path, 'utf8')).toContain('"triesLeft":4');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  kept.dispose();
});

it('one command at a time: another waits until the first lets go, and not for ever', async () => {
  const first = await KeptCard.open(path, 'myeid', 'normal');
  await expect(KeptCard.open(path, 'myeid', 'normal', { patience: 0 })).rejects.toMatchObject({
    code: 'simulated-busy',
  });
  await expect(KeptCard.forget(path, { patience: 0 })).rejects.toMatchObject({ code: 'simulated-busy' });
  const second = KeptCard.open(path, 'myeid', 'normal');
  first.dispose();
  first.dispose();
  (await second).dispose();
});

it('a lock that a killed command left is no hindrance', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: child.pid, started: '1' }));
  (await KeptCard.open(path, 'myeid', 'normal', { patience: 0 })).dispose();
  // A living process with that number, started at another time, is another one.
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.ppid, started: '1' }));
  (await KeptCard.open(path, 'myeid', 'normal', { patience: 0 })).dispose();
  writeFileSync(`${path}.lock`, '');
  (await KeptCard.open(path, 'myeid', 'normal', { patience: 0 })).dispose();
  expect(readdirSync(folder)).toEqual(['fineid-org-new-a.json']);
});

it('a file that is no card is not overwritten', async () => {
  writeFileSync(path, '{"version":1');
  await expect(KeptCard.open(path, 'myeid', 'normal')).rejects.toMatchObject({ code: 'card-malformed' });
  expect(readFileSync(path, 'utf8')).toBe('{"version":1');
  expect(existsSync(`${path}.lock`)).toBe(false);
});

it('a folder that is not there is named', async () => {
  const nowhere = join(folder, 'nowhere', 'card.json');
  await expect(KeptCard.open(nowhere, 'myeid', 'normal')).rejects.toMatchObject({
    code: 'file-unwritable',
    facts: { path: nowhere },
  });
});
