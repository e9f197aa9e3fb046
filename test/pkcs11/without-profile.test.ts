import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { expect, it } from 'vitest';
import { CardService } from '../../host/cards/card-service.js';
import { PinBroker } from '../../host/pin/broker.js';
import { readProfiles } from '../../host/read-profiles.js';
import { PersonAtPinPage } from './person.js';
import { profiles } from './stage.js';

// A host that is older than the profiles beside it, as while the program is being built anew.
it('a profile with a word that this host does not know is left out and told; its card, read by its own directories, refuses to sign with 6985, and loses no try', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-profile-'));
  const own = profiles().find(({ id }) => id === 'fineid-citizen');
  writeFileSync(join(folder, 'newer.json'), JSON.stringify({ ...own, word: 'of tomorrow' }));
  const manifest = { contributes: { cardProfiles: ['./newer.json'] } };
  const { profiles: read, broken } = await readProfiles([{ folder, manifest } as never]);
  rmSync(folder, { recursive: true });
  expect([read, broken]).toMatchObject([[], [{ code: 'profile-invalid' }]]);

  const readers = new SimulatedReaders();
  const card = createCard('fineid-v4');
  readers.addReader('Reader');
  readers.insert('Reader', card);
  const told: string[] = [];
  const write = (line: string): void => void told.push(line);
  const log = { debug: write, info: write, warn: write, error: write };
  const service = new CardService(readers, read, { find: () => undefined, keep: () => {} }, log);
  const seen = service.readers.pipe(
    map(([reader]) => reader?.card),
    filter((found) => found !== undefined),
  );
  const { id } = await firstValueFrom(seen);
  const signing = new PinBroker(service, new PersonAtPinPage(), log).signing('A test', new AbortController().signal);
  const request = { card: id, key: '45', algorithm: 'ECDSA-SHA384', digest: new Uint8Array(48) } as const;
  await expect(signing.sign(request)).rejects.toMatchObject({
    code: 'card-refused',
    facts: { step: 'sign', status: '6985' },
  });
  expect(told).toContain('Reader: read by profile iso7816-15');
  expect(card.pins.get(0x11)?.triesLeft).toBe(5);
  service.dispose();
});
